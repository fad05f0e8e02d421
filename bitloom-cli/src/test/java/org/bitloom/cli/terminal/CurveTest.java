package org.bitloom.cli.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CurveTest {
  private static Curve of(double... values) {
    Curve curve = new Curve();
    for (double value : values) {
      curve.add(value);
    }
    return curve;
  }

  @Test
  void heightsAreLogarithmsFromTheLowestToTheHighest() {
    assertThat(of(16, 8, 4, 2, 1, 0.5, 0.25, 0.125).text(8, Letters.BLOCKS)).isEqualTo("█▇▆▅▄▃▂▁");
    assertThat(of(32, 16, 8, 4, 2, 1).text(6, Letters.ASCII)).isEqualTo("#*+-._");
  }

  @Test
  void aCharsetWithoutBlocksGetsAscii() {
    assertThat(Letters.of(UTF_8)).isEqualTo(Letters.BLOCKS);
    assertThat(Letters.of(US_ASCII)).isEqualTo(Letters.ASCII);
    assertThat(Letters.of(ISO_8859_1)).isEqualTo(Letters.ASCII);
  }

  @Test
  void aLongRunIsAsWideAsAShortOneAndKeepsItsBeginning() {
    Curve curve = new Curve();
    for (int i = 0; i < 100_000; i++) {
      curve.add(100_000 - i);
    }
    assertThat(curve.text(8, Letters.BLOCKS)).hasSize(8).startsWith("█").endsWith("▁");
  }

  @Test
  void whatSaysNothingLeavesNoMark() {
    assertThat(of().text(8, Letters.BLOCKS)).isEmpty();
    assertThat(of(Double.NaN, Double.POSITIVE_INFINITY).text(8, Letters.BLOCKS)).isEmpty();
    assertThat(of(0, 0).text(8, Letters.BLOCKS)).isEqualTo("▁▁");
  }
}
