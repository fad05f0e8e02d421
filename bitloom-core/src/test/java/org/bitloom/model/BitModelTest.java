package org.bitloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
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
    Normalization normalization = new Normalization(values, 1);
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
    assertThat(normalization).isEqualTo(new Normalization(new float[] {1}, 1));
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
    assertThatThrownBy(() -> new Normalization(new float[1], value))
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
    assertThatThrownBy(() -> new Normalization(new float[] {value}, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void modelChecksWhatItsPartsCannot() {
    Normalization two = Normalization.none(2);
    List<ModelTensor> one = List.of(tensor(List.of(1), 1, 1));
    List<ModelTensor> twice = List.of(one.get(0), one.get(0));

    assertThatThrownBy(() -> new BitModel("", List.of(2), 1, two, one, Map.of()))
        .hasMessageContaining("network");
    assertThatThrownBy(() -> new BitModel("n", List.of(3), 1, two, one, Map.of()))
        .hasMessageContaining("input mean");
    assertThatThrownBy(() -> new BitModel("n", List.of(2), 0, two, one, Map.of()))
        .hasMessageContaining("classes must be at least 1");
    assertThatThrownBy(() -> new BitModel("n", List.of(2), 1, two, List.of(), Map.of()))
        .hasMessageContaining("at least one tensor");
    assertThatThrownBy(() -> new BitModel("n", List.of(2), 1, two, twice, Map.of()))
        .hasMessageContaining("w twice");
  }
}
