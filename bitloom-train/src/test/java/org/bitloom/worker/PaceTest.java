package org.bitloom.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bitloom.run.Progress.BatchProgress;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static BatchProgress at(int epoch, int batch) {
    return new BatchProgress(epoch, 10, batch, 100, 0, 0, 0, 0);
  }

  @Test
  void slowFirstStepsAreForgotten() {
    Pace pace = new Pace();
    long second = 1_000_000_000L;
    long now = 5;
    assertThat(pace.left(at(1, 1), now)).isNaN();
    now += 10 * second; // ten seconds for the first ten steps
    assertThat(pace.left(at(1, 11), now)).isCloseTo(989, within(1e-6));
    for (int batch = 12; batch <= 60; batch++) {
      now += second / 10;
      pace.left(at(1, batch), now);
    }
    assertThat(pace.left(at(1, 61), now + second / 10)).isCloseTo(93.9, within(0.1));
  }
}
