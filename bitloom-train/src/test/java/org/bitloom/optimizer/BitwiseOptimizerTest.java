package org.bitloom.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.QuantizedWeights;
import org.bitloom.bits.SignMagnitude;
import org.bitloom.update.ParameterSpec;
import org.bitloom.update.StateBackend;
import org.bitloom.update.UpdateRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses the optimizer as any DJL program would. */
class BitwiseOptimizerTest {
  private static final String CONVOLUTION = "01Conv2d_weight";
  private static final String DENSE = "05Linear_weight";
  private static final List<String> FLOATS =
      List.of("01Conv2d_bias", "02BatchNorm_gamma", "02BatchNorm_beta", "05Linear_bias");

  private static BitwiseOptimizer.Builder small() {
    return BitwiseOptimizer.builder().bits(4).mask(BitMask.all()).learningRate(0.01f);
  }

  @Test
  void oneLineInAProgramLearnsWithBitwiseWeights() throws IOException, TranslateException {
    try (Program program = new Program(Program.convolutional(), small().build())) {
      Map<String, float[]> before = program.values();
      program.train(15);
      Map<String, float[]> after = program.values();
      assertThat(program.accuracy()).isGreaterThan(0.95);
      assertThat(levels(after.get(CONVOLUTION))).hasSizeBetween(3, 8);
      assertThat(levels(after.get(DENSE))).hasSizeBetween(3, 8);
      for (String name : FLOATS) {
        assertThat(after.get(name)).as(name).isNotEqualTo(before.get(name));
        assertThat(levels(after.get(name))).as(name).hasSize(after.get(name).length);
      }
    }
  }

  /** The distinct magnitudes: at depth 4 at most 8 multiples of one scale. */
  private static NavigableSet<Float> levels(float[] weights) {
    NavigableSet<Float> levels = new TreeSet<>();
    for (float weight : weights) {
      levels.add(Math.abs(weight));
    }
    return levels;
  }

  @Test
  void theDefaultsTrainTheTopThreeOfSixBits() throws IOException, TranslateException {
    BitwiseOptimizer optimizer = BitwiseOptimizer.builder().learningRate(0.01f).build();
    try (Program program = new Program(Program.dense(), optimizer)) {
      ParameterSpec weight = optimizer.attach(program.network()).parameters().get(0);
      assertThat(weight.layout()).map(BitLayout::mask).contains("111000");
      program.train(10);
      assertThat(program.accuracy()).isGreaterThan(0.9);
    }
  }

  @Test
  void aTrainedProgramGoesOnWithTheBitsOfItsWeights() throws IOException, TranslateException {
    BitwiseOptimizer floats = BitwiseOptimizer.builder().floatWeights().learningRate(0.01f).build();
    SequentialBlock network = Program.convolutional();
    try (Program before = new Program(network, floats)) {
      before.train(15);
      BitwiseOptimizer bits = small().fromWeights().build();
      Map<String, float[]> trained = before.values();
      StateBackend<?> state = bits.attach(network);
      Map<String, float[]> quantized = before.values();
      for (ParameterSpec parameter : state.parameters()) {
        float[] weights = trained.get(parameter.name());
        if (parameter.isBitwise()) {
          QuantizedWeights expected = QuantizedWeights.of(weights, 4);
          assertThat(state.scale(parameter.name())).isEqualTo(expected.scale());
          for (int i = 0; i < weights.length; i++) {
            weights[i] = SignMagnitude.weight(expected.code(i), 4, expected.scale());
          }
        }
        assertThat(quantized.get(parameter.name())).as(parameter.name()).isEqualTo(weights);
      }
      assertThat(before.accuracy()).isGreaterThan(0.95);
      bits.close();
    }
  }

  @Test
  void withoutAttachTheFirstStepQuantizesTheWeightsItFinds() {
    try (Program program = new Program(Program.dense(), small().fromWeights().build())) {
      float[] drawn = program.values().get("02Linear_weight");
      program.step();
      QuantizedWeights expected = QuantizedWeights.of(drawn, 4);
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = SignMagnitude.weight(expected.code(i), 4, expected.scale());
      }
      assertThat(program.values().get("02Linear_weight")).isEqualTo(drawn);
    }
  }

  @Test
  void attachGivesWeightsTheirBitsAtOnceAndLeavesOtherValuesAlone() {
    BitwiseOptimizer optimizer = small().build();
    try (Program program = new Program(Program.convolutional(), optimizer)) {
      Map<String, float[]> before = program.values();
      List<ParameterSpec> attached = optimizer.attach(program.network()).parameters();
      Map<String, float[]> after = program.values();
      assertThat(attached).extracting(ParameterSpec::name).contains(CONVOLUTION, DENSE);
      for (ParameterSpec parameter : attached) {
        boolean weight = parameter.name().endsWith("weight");
        assertThat(parameter.isBitwise()).as(parameter.name()).isEqualTo(weight);
        assertThat(Arrays.equals(after.get(parameter.name()), before.get(parameter.name())))
            .as(parameter.name())
            .isEqualTo(!weight);
      }
      assertThat(after.get("02BatchNorm_runningMean"))
          .isEqualTo(before.get("02BatchNorm_runningMean"));
    }
  }

  @Test
  void withoutAttachTheFirstStepOnlyGivesWeightsTheirBits() {
    BitwiseOptimizer optimizer = small().build();
    try (Program program = new Program(Program.dense(), optimizer)) {
      float first = program.step();
      float second = program.step();
      float third = program.step();
      assertThat(second).isNotEqualTo(first);
      assertThat(third).isLessThan(second);
      assertThat(program.gradients().get("02Linear_weight")).containsOnly(0f);
    }
  }

  @Test
  void gradientsDoNotAddUpOverSteps() {
    for (boolean attach : new boolean[] {true, false}) {
      BitwiseOptimizer optimizer = small().learningRate(1e-30f).build();
      try (Program program = new Program(Program.convolutional(), optimizer)) {
        if (attach) {
          optimizer.attach(program.network());
        } else {
          program.step(); // gives weights their bits
        }
        program.backward(1);
        Map<String, float[]> first = program.gradients();
        program.trainer().step();
        program.backward(1);
        program
            .gradients()
            .forEach((name, gradient) -> assertThat(gradient).as(name).isEqualTo(first.get(name)));
        assertThat(first.get(CONVOLUTION)).isNotEqualTo(new float[first.get(CONVOLUTION).length]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSameSeedGivesTheSameWeightsInWhateverOrderTheyAreUpdated(boolean attach)
      throws IOException, TranslateException {
    Map<String, float[]> first = trained(attach, 3);
    for (int repetition = 0; repetition < 5; repetition++) { // parameters get new ids every time
      trained(attach, 3)
          .forEach((name, values) -> assertThat(values).as(name).isEqualTo(first.get(name)));
    }
    assertThat(trained(attach, 4).get(DENSE)).isNotEqualTo(first.get(DENSE));
  }

  private static Map<String, float[]> trained(boolean attach, long seed)
      throws IOException, TranslateException {
    BitwiseOptimizer optimizer = small().seed(seed).build();
    try (Program program = new Program(Program.convolutional(), optimizer)) {
      if (attach) {
        optimizer.attach(program.network());
      }
      program.train(3);
      return program.values();
    }
  }

  @Test
  void floatParametersMoveAsTheReferenceDoes() {
    BitwiseOptimizer optimizer = small().build();
    try (Program program = new Program(Program.convolutional(), optimizer)) {
      optimizer.attach(program.network());
      FloatReference reference = new FloatReference(program.values(), FLOATS, 0.01);
      for (int step = 0; step < 20; step++) {
        program.backward(1);
        reference.step(program.gradients());
        program.trainer().step();
      }
      reference.assertAgrees(program.values());
    }
  }

  @Test
  void theFloatBaselineMovesAllWeightsAsTheReferenceDoes() {
    BitwiseOptimizer optimizer = small().floatWeights().build();
    try (Program program = new Program(Program.convolutional(), optimizer)) {
      List<String> all = List.of(CONVOLUTION, DENSE, FLOATS.get(0), FLOATS.get(3));
      FloatReference reference = new FloatReference(program.values(), all, 0.01);
      for (int step = 0; step < 20; step++) {
        program.backward(1);
        reference.step(program.gradients());
        program.trainer().step();
      }
      reference.assertAgrees(program.values());
    }
  }

  @Test
  void aFrozenParameterKeepsItsValues() {
    BitwiseOptimizer optimizer = small().build();
    SequentialBlock network = Program.convolutional();
    try (Program program = new Program(network, optimizer)) {
      network.getChildren().get(0).getValue().freezeParameters(true);
      assertThat(optimizer.attach(network).parameters())
          .extracting(ParameterSpec::name)
          .doesNotContain(CONVOLUTION, "01Conv2d_bias");
      float[] before = program.values().get(CONVOLUTION);
      program.step();
      assertThat(program.values().get(CONVOLUTION)).isEqualTo(before);
    }
  }

  @Test
  void aBuilderThatIsUsedAgainDoesNotChangeWhatItBuilt() {
    BitwiseOptimizer.Builder builder = small().seed(1);
    BitwiseOptimizer optimizer = builder.build();
    builder.bits(6).seed(2).rule(UpdateRule.INDEPENDENT).learningRate(0).build();
    assertThat(attachedAndStepped(optimizer)).isEqualTo(attachedAndStepped(small().build()));
  }

  private static float[] attachedAndStepped(BitwiseOptimizer optimizer) {
    try (Program program = new Program(Program.dense(), optimizer)) {
      optimizer.attach(program.network());
      program.step();
      return program.values().get("02Linear_weight");
    }
  }

  @Test
  void aNetworkMayBeAttachedBeforeItHasATrainer() {
    BitwiseOptimizer optimizer = small().build();
    SequentialBlock network = Program.dense();
    try (NDManager manager = NDManager.newBaseManager()) {
      network.initialize(manager, DataType.FLOAT32, new Shape(1, 1, Program.SIDE, Program.SIDE));
      optimizer.attach(network);
      float[] bits = network.getParameters().get(0).getValue().getArray().toFloatArray();
      try (Program program = new Program(network, optimizer)) {
        assertThat(program.values().get("02Linear_weight")).isEqualTo(bits);
        float first = program.step();
        assertThat(program.step()).isLessThan(first);
      }
    }
  }

  @Test
  void aParameterThatTheNetworkDoesNotUseIsLeftAlone() {
    BitwiseOptimizer optimizer = small().build();
    SequentialBlock network = Program.dense();
    network.add(new LoneParameter(new Shape(2, 3)));
    try (Program program = new Program(network, optimizer)) {
      optimizer.attach(network);
      program.step();
      program.step();
    }
  }
}
