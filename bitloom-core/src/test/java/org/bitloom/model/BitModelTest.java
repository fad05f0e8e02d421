package org.bitloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.graph.BatchNorm;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.graph.Input;
import org.bitloom.graph.Role;
import org.bitloom.model.Normalization.MeanImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitModelTest {
  private static final BitLayout SIX = BitMask.parse("111000").at(6);

  private static BitTensor tensor(List<Integer> shape, float scale, int... codes) {
    return new BitTensor("w", shape, SIX, scale, codes);
  }

  @Test
  void weightsAreScaleTimesSignTimesMagnitude() {
    BitTensor tensor = tensor(List.of(2, 2), 0.5f, 0b000101, 0b100101, 0, 0b100000);

    assertThat(tensor.weights()).containsExactly(2.5f, -2.5f, 0.0f, -0.0f);
    assertThat(tensor.size()).isEqualTo(4);
    assertThat(tensor.code(1)).isEqualTo(37);
  }

  @Test
  void arraysAreCopiedInAndOut() {
    int[] codes = {1};
    float[] values = {1};
    BitTensor bits = tensor(List.of(1), 1, codes);
    FloatTensor floats = new FloatTensor("f", List.of(1), values);
    MeanImage normalization = new MeanImage(values, 1);
    codes[0] = 2;
    values[0] = 2;
    bits.codes()[0] = 3;
    floats.values()[0] = 3;
    floats.weights()[0] = 3;
    normalization.mean()[0] = 3;

    assertThat(bits)
        .isEqualTo(tensor(List.of(1), 1, 1))
        .hasSameHashCodeAs(tensor(List.of(1), 1, 1));
    assertThat(floats.values()).containsExactly(1);
    assertThat(floats).isEqualTo(new FloatTensor("f", List.of(1), new float[] {1}));
    assertThat(normalization).isEqualTo(new MeanImage(new float[] {1}, 1));
  }

  @Test
  void positiveAndNegativeZeroAreDifferentBitStrings() {
    assertThat(tensor(List.of(1), 1, 0)).isNotEqualTo(tensor(List.of(1), 1, 32));
  }

  @ParameterizedTest
  @ValueSource(ints = {64, -1, Integer.MIN_VALUE})
  void bitsOutsideTheDepthAreRefused(int code) {
    assertThatThrownBy(() -> tensor(List.of(2), 1, 63, code))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("w must not set bits outside its depth 6")
        .hasMessageContaining("at index 1");
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0.0f, -1, Float.NaN, Float.POSITIVE_INFINITY})
  void scaleAndDeviationMustBePositiveNumbers(float value) {
    assertThatThrownBy(() -> tensor(List.of(1), value, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scale of w must be finite and above 0, got " + value);
    assertThatThrownBy(() -> new MeanImage(new float[1], value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shapeMustMatchTheNumberOfWeights() {
    for (List<Integer> shape :
        List.of(
            List.<Integer>of(),
            List.of(1),
            List.of(3),
            List.of(0),
            List.of(-2),
            List.of(-1, -2),
            List.of(65536, 65536, 2),
            List.of(2, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE))) {
      assertThatThrownBy(() -> tensor(shape, 1, 1, 2))
          .as("%s", shape)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
  void floatsMustBeFinite(float value) {
    assertThatThrownBy(() -> new FloatTensor("f", List.of(2), new float[] {0, value}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("f must hold finite numbers, got " + value + " at index 1");
    assertThatThrownBy(() -> new MeanImage(new float[] {value}, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void modelChecksWhatItsPartsCannot() {
    List<ModelTensor> one = List.of(tensor(List.of(1), 1, 1));
    List<ModelTensor> twice = List.of(one.get(0), one.get(0));

    assertThatThrownBy(() -> model(Architecture.opaque("n"), 2, List.of()))
        .hasMessageContaining("at least one tensor");
    assertThatThrownBy(() -> model(Architecture.opaque("n"), 2, twice))
        .hasMessageContaining("w twice");
    assertThatThrownBy(() -> Architecture.opaque("")).hasMessageContaining("network");
  }

  private static BitModel model(Architecture architecture, int inputs, List<ModelTensor> tensors) {
    Task task = new Task(List.of(inputs), Normalization.none(inputs), 2);
    return new BitModel(architecture, task, tensors, Map.of());
  }

  private static Architecture normed() {
    return Architecture.of(
        "n",
        new Graph(
            List.of(
                new Input("input", List.of(3)),
                new BatchNorm("norm1", "input", 1e-5, 0.9),
                new Dense("dense1", "norm1", 2, true))));
  }

  private static List<ModelTensor> tensorsOf(Architecture architecture) {
    List<ModelTensor> tensors = new ArrayList<>();
    for (GraphParameter parameter : architecture.graph().orElseThrow().parameters()) {
      tensors.add(
          parameter.role() == Role.WEIGHT
              ? new BitTensor(
                  parameter.name(), parameter.shape(), SIX, 1, new int[parameter.size()])
              : new FloatTensor(parameter.name(), parameter.shape(), new float[parameter.size()]));
    }
    return tensors;
  }

  @Test
  void theGraphSaysWhichTensorsAreWeights() {
    List<ModelTensor> tensors = tensorsOf(normed());
    BitModel model = model(normed(), 3, tensors);
    assertThat(tensors.stream().filter(model::isWeight))
        .extracting(ModelTensor::name)
        .containsExactly("dense1.weight");
  }

  @Test
  void ofAnOpaqueNetworkBitsAndMatricesCountAsWeights() {
    ModelTensor bits = new BitTensor("bits", List.of(2), SIX, 1, new int[2]);
    ModelTensor matrix = new FloatTensor("matrix", List.of(1, 2), new float[2]);
    ModelTensor bias = new FloatTensor("bias", List.of(2), new float[2]);
    BitModel model = model(Architecture.opaque("n"), 2, List.of(bits, matrix, bias));
    assertThat(model.tensors().stream().filter(model::isWeight)).containsExactly(bits, matrix);
  }

  @Test
  void tensorsAreTheParametersOfTheGraphInItsOrder() {
    List<ModelTensor> tensors = tensorsOf(normed());
    assertThat(model(normed(), 3, tensors).graph()).isEqualTo(normed().graph());
    assertThat(model(normed(), 3, tensors).tensors()).isEqualTo(tensors);

    List<ModelTensor> swapped = new ArrayList<>(tensors);
    Collections.swap(swapped, 0, 1);
    assertThatThrownBy(() -> model(normed(), 3, swapped))
        .hasMessage("tensor 1 must be the graph's norm1.gamma [3], got norm1.beta [3]");
    assertThatThrownBy(() -> model(normed(), 3, tensors.subList(0, 5)))
        .hasMessage("model must have one tensor for each of the 6 parameters of its graph, got 5");
  }

  @Test
  void weightsMayBeFloatsButNothingElseMayBeBits() {
    List<ModelTensor> tensors = tensorsOf(normed());
    List<ModelTensor> floats = new ArrayList<>(tensors);
    floats.set(4, new FloatTensor("dense1.weight", List.of(2, 3), new float[6]));
    assertThat(model(normed(), 3, floats).tensors()).isEqualTo(floats);

    List<ModelTensor> bits = new ArrayList<>(tensors);
    bits.set(0, new BitTensor("norm1.gamma", List.of(3), SIX, 1, new int[3]));
    assertThatThrownBy(() -> model(normed(), 3, bits))
        .hasMessage("norm1.gamma must be float: only weights of layers may be bits, got bits");
  }

  @Test
  void graphTakesTheInputAndGivesTheClassesOfTheModel() {
    List<ModelTensor> tensors = tensorsOf(normed());
    assertThatThrownBy(() -> model(normed(), 4, tensors))
        .hasMessage("graph must take the model's input [4], got one that takes [3]");
    Task three = new Task(List.of(3), Normalization.none(3), 3);
    assertThatThrownBy(() -> new BitModel(normed(), three, tensors, Map.of()))
        .hasMessage("graph must give one number for each of the 3 classes, got one that gives 2");
  }
}
