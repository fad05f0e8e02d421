package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bitloom.session.ToyImages;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run records of its last epoch beside the line of metrics. */
class RunEndTest {
  @TempDir static Path shared;

  private static Map<String, Object> end;
  private static EpochMetrics last;

  @BeforeAll
  static void trainOnce() throws IOException {
    Path data = ToyImages.SMALL.write(shared.resolve("data"));
    Path run = shared.resolve("run");
    ToyRun.start(ToyRun.settings(data, Map.of("schedule", "1x1e-5")), run);
    end = RunReader.open(run).end();
    last = RunReader.open(run).last().orElseThrow();
  }

  private static long count(int label, int answer) {
    return (long) ((List<?>) ((List<?>) end.get("confusion")).get(label)).get(answer);
  }

  @Test
  void theConfusionMatrixAgreesWithTheAccuracyPerClass() {
    int classes = ((List<?>) end.get("confusion")).size();
    for (int label = 0; label < classes; label++) {
      long all = 0;
      for (int answer = 0; answer < classes; answer++) {
        all += count(label, answer);
      }
      double share = last.result().testPerClass().shares().get(label).orElseThrow();
      assertThat((double) count(label, label) / all).as("class %d", label).isEqualTo(share);
    }
  }

  @Test
  void theWorstMistakesStandThereWithTheirPixels() {
    List<?> mistakes = (List<?>) end.get("mistakes");
    List<?> shape = (List<?>) end.get("mistakeShape");
    long pixels = shape.stream().mapToLong(side -> (long) side).reduce(1, (a, b) -> a * b);
    assertThat(mistakes).isNotEmpty();
    for (Object each : mistakes) {
      Map<?, ?> mistake = (Map<?, ?>) each;
      assertThat(mistake.get("label")).isNotEqualTo(mistake.get("answer"));
      assertThat(Base64.getDecoder().decode((String) mistake.get("pixels")))
          .hasSize(Math.toIntExact(pixels));
    }
  }

  @Test
  void thePeakOfMemoryIsRecordedWhereTheSystemTellsIt() {
    assertThat(end.get("peakBytes"))
        .isInstanceOfSatisfying(Long.class, peak -> assertThat(peak).isGreaterThan(1L << 20));
  }
}
