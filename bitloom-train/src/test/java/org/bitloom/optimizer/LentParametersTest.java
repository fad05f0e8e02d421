package org.bitloom.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import ai.djl.util.PairList;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitloom.bits.BitMask;
import org.junit.jupiter.api.Test;

/** Steps through lent parameters must be the steps of DJL's trainer, to the bit. */
class LentParametersTest {
  private static final int STEPS = 4;

  private static BitwiseOptimizer optimizer() {
    return BitwiseOptimizer.builder().bits(5).mask(BitMask.all()).learningRate(0.01f).build();
  }

  private static Map<String, float[]> trained(SequentialBlock network, boolean lending) {
    try (BitwiseOptimizer optimizer = optimizer();
        Program program = new Program(network, optimizer)) {
      optimizer.attach(network);
      LentParameters lent = new LentParameters(network, optimizer, program.manager());
      SplittableRandom random = new SplittableRandom(2);
      for (int step = 0; step < STEPS; step++) {
        try (NDManager scope = program.manager().newSubManager()) {
          lent.begin(scope);
          NDList inputs = new NDList(inputs(scope, random));
          NDList labels = new NDList(scope.create(new long[] {0, 1, 2, step % Program.CLASSES}));
          try (GradientCollector collector = program.trainer().newGradientCollector()) {
            NDList logits =
                lending ? network.forward(lent, inputs, true) : program.trainer().forward(inputs);
            collector.backward(Loss.softmaxCrossEntropyLoss().evaluate(labels, logits));
          }
          if (lending) {
            lent.update();
          } else {
            program.trainer().step();
          }
        }
      }
      return program.values();
    }
  }

  private static NDArray inputs(NDManager scope, SplittableRandom random) {
    float[] values = new float[4 * Program.SIDE * Program.SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return scope.create(values, new Shape(4, 1, Program.SIDE, Program.SIDE));
  }

  private static void assertSame(SequentialBlock network, SequentialBlock twin) {
    Map<String, float[]> expected = trained(twin, false);
    trained(network, true)
        .forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
  }

  @Test
  void allParametersMoveAsUnderDjlsTrainer() {
    assertSame(Program.convolutional(), Program.convolutional());
  }

  @Test
  void aFrozenParameterKeepsItsValues() {
    SequentialBlock network = Program.dense();
    try (BitwiseOptimizer optimizer = optimizer();
        Program program = new Program(network, optimizer)) {
      network.getChildren().get(1).getValue().freezeParameters(true);
      try (NDManager scope = program.manager().newSubManager()) {
        LentParameters lent = new LentParameters(network, optimizer, program.manager());
        Parameter weight = network.getParameters().get(0).getValue();
        lent.begin(scope);
        assertThat(lent.getValue(weight, scope.getDevice(), true)).isSameAs(weight.getArray());
        float[] before = weight.getArray().toFloatArray();
        lent.update();
        assertThat(weight.getArray().toFloatArray()).isEqualTo(before);
      }
    }
  }

  @Test
  void aParameterUsedTwiceMovesByBothGradients() {
    assertSame(Program.dense().add(new Scale(true, 2)), Program.dense().add(new Scale(true, 2)));
    float once = trained(Program.dense().add(new Scale(true, 1)), true).get("03Scale_scale")[0];
    float twice = trained(Program.dense().add(new Scale(true, 2)), true).get("03Scale_scale")[0];
    assertThat(twice).isNotEqualTo(once);
  }

  @Test
  void aParameterThatTheBlockReachesByItselfMovesTooAndItsGradientsDoNotAddUp() {
    assertSame(Program.dense().add(new Scale(false, 1)), Program.dense().add(new Scale(false, 1)));
  }

  @Test
  void aParameterThatTheNetworkDoesNotUseIsLeftAlone() {
    SequentialBlock network = Program.dense().add(new LoneParameter(new Shape(2, 3)));
    assertSame(network, Program.dense().add(new LoneParameter(new Shape(2, 3))));
  }

  @Test
  void evaluationSeesTheParametersThemselves() {
    Block network = Program.dense();
    try (BitwiseOptimizer optimizer = optimizer();
        Program program = new Program(network, optimizer);
        NDManager scope = program.manager().newSubManager()) {
      LentParameters lent = new LentParameters(network, optimizer, program.manager());
      Parameter weight = network.getParameters().get(0).getValue();
      assertThat(lent.getValue(weight, scope.getDevice(), false)).isSameAs(weight.getArray());
      assertThat(lent.getValue(null, scope.getDevice(), true)).isNull();
    }
  }

  /** Multiplies its inputs by one trained number, a number of times. */
  private static final class Scale extends AbstractBlock {
    private final Parameter factor;
    private final boolean asked;
    private final int times;

    /**
     * Creates the block.
     *
     * @param asked whether it asks the store for its parameter, as blocks should
     */
    Scale(boolean asked, int times) {
      this.asked = asked;
      this.times = times;
      factor =
          addParameter(
              Parameter.builder()
                  .setName("scale")
                  .setType(Parameter.Type.GAMMA)
                  .optShape(new Shape(1))
                  .build());
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDArray output = inputs.singletonOrThrow();
      for (int i = 0; i < times; i++) {
        NDArray array =
            asked ? store.getValue(factor, output.getDevice(), training) : factor.getArray();
        output = output.mul(array);
      }
      return new NDList(output);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return inputShapes;
    }
  }
}
