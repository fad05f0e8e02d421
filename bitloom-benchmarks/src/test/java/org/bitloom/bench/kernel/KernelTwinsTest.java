package org.bitloom.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bitloom.bench.kernel.KernelTwins.Estimate;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Fork;

class KernelTwinsTest {
  @Test
  void aRatioMayBeOffByAsMuchAsBothItsSidesTogether() {
    Estimate ratio = new Estimate(900, 9).over(new Estimate(300, 6));
    assertThat(ratio.value()).isEqualTo(3);
    assertThat(ratio.error()).isCloseTo(3 * (0.01 + 0.02), within(1e-9));
    assertThat(ratio.text(2)).isEqualTo("3.00 ± 0.09");
  }

  @Test
  void publishedFiguresComeFromThreeProcessesOrMore() {
    Fork fork = KernelBenchmark.class.getAnnotation(Fork.class);
    assertThat(fork.value()).isGreaterThanOrEqualTo(3);
  }
}
