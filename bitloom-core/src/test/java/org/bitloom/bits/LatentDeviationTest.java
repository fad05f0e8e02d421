package org.bitloom.bits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bitloom.error.UsageException;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatentDeviationTest {
  private static final int FAN_IN = 100;
  private static final LatentDeviation EVEN = new LatentDeviation(0.03);

  @ParameterizedTest
  @CsvSource({"paper, paper", "even, even:0.05", "even:0.1, even:0.1", "even:2e-3, even:0.002"})
  void textFormsAreReadAndPrintedAlike(String text, String printed) {
    LatentDeviation deviation = LatentDeviation.parse(text);
    assertThat(deviation).hasToString(printed);
    assertThat(LatentDeviation.parse(printed)).isEqualTo(deviation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "odd", "even:", "even:0", "even:x", "even:1e9", "even:1..2", "even0.1"})
  void otherTextsAreUsageErrors(String text) {
    assertThatThrownBy(() -> LatentDeviation.parse(text)).isInstanceOf(UsageException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 32})
  void evenLatentsAreTheDrawsOfThePaperInAnotherUnit(int depth) {
    DrawnLatents paper = new DrawnLatents(Seeds.CURRENT, "p", depth, FAN_IN);
    DrawnLatents even = new DrawnLatents(Seeds.CURRENT, "p", depth, FAN_IN, EVEN);
    float[] expected = new float[depth];
    float[] found = new float[depth];
    double magnitude = 0.03 / Math.sqrt(2.0 / (depth * FAN_IN));
    double sign = 0.03 / Math.sqrt(2.0 / FAN_IN);
    for (int weight = 0; weight < 1000; weight++) {
      assertThat(even.next(found)).isEqualTo(paper.next(expected));
      for (int bit = 0; bit < depth; bit++) {
        double ratio = bit == depth - 1 ? sign : magnitude;
        assertThat((double) found[bit])
            .isCloseTo(ratio * expected[bit], within(1e-6 * Math.abs(found[bit])));
      }
    }
    assertThat(even.scale()).isEqualTo(paper.scale());
    assertThat(even.magnitudeDeviation()).isEqualTo(0.03);
  }

  @Test
  void givenWeightsGetTheSameBitsWithLatentsInTheUnitOfEvenOnes() {
    float[] weights = {0.1f, -0.25f, 0.5f, 0, -0.75f};
    BitLayout layout = BitMask.all().at(4);
    QuantizedLatents paper = new QuantizedLatents(weights, layout, FAN_IN);
    QuantizedLatents even = new QuantizedLatents(weights, layout, FAN_IN, EVEN);
    float[] expected = new float[4];
    float[] found = new float[4];
    for (int weight = 0; weight < weights.length; weight++) {
      assertThat(even.next(found)).isEqualTo(paper.next(expected));
      for (int bit = 0; bit < 4; bit++) {
        double wanted = expected[bit] * 0.03 / Math.sqrt(2.0 / FAN_IN);
        assertThat((double) found[bit]).isCloseTo(wanted, within(1e-6));
      }
    }
    assertThat(even.scale()).isEqualTo(paper.scale());
  }
}
