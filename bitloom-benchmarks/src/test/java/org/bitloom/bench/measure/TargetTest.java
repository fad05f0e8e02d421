package org.bitloom.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {
  @Test
  void aBoundIsKeptUpToItselfAndNeverByWhatIsNoNumber() {
    assertThat(Target.atMost("x", 1, 1).isMet()).isTrue();
    assertThat(Target.atMost("x", 1.01, 1).isMet()).isFalse();
    assertThat(Target.atLeast("x", 1, 1).isMet()).isTrue();
    assertThat(Target.atLeast("x", 0.99, 1).isMet()).isFalse();
    assertThat(Target.atMost("x", Double.NaN, 1).isMet()).isFalse();
    assertThat(Target.atLeast("x", Double.NaN, 1).isMet()).isFalse();
  }

  @Test
  void aMissIsPrinted() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Target.print(out, List.of(Target.atMost("step", 1.5, 0.95), Target.atLeast("x", 2, 1)));
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .containsPattern("step +1.500 <= +0.95 +NO")
        .containsPattern("x +2.000 >= +1.00 +yes")
        .contains("1 of 2 targets met");
  }

  @Test
  void aMedianLeavesItsValuesInOrder() {
    double[] values = {9, 1, 4};
    assertThat(Median.of(values)).isEqualTo(4);
    assertThat(values).containsExactly(9, 1, 4);
    assertThat(Median.of(4, 1)).isEqualTo(2.5);
    assertThatThrownBy(Median::of).hasMessageContaining("at least one value");
  }
}
