package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.error.UsageException;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.RunSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs with a wanted share of zeros, and runs with even latents. */
class ZerosRunTest {
  @TempDir private static Path shared;
  private static Path data;

  @TempDir private Path root;

  @BeforeAll
  static void writeImages() throws IOException {
    data = ToyImages.SMALL.write(shared.resolve("data"));
  }

  private static RunSettings settings(Map<String, Object> weights, Map<String, Object> others) {
    Map<String, Object> bits = new HashMap<>(ToyRun.weights(3, "111", "coupled"));
    bits.putAll(weights);
    Map<String, Object> replaced = new HashMap<>(others);
    replaced.put("weights", bits);
    return ToyRun.settings(data, replaced);
  }

  @ParameterizedTest
  @CsvSource({"coupled, adam, 3x1e-3", "independent, adam, cosine:3x1e-3", "coupled, sgd, 3x0.1"})
  void aWantedShareOfZerosIsReachedAndHeldToTheEnd(String rule, String optimizer, String schedule)
      throws IOException {
    RunSettings settings =
        settings(
            Map.of("zeros", 0.7, "rule", rule),
            Map.of("optimizer", optimizer, "schedule", schedule));
    ToyRun.start(settings, root.resolve("a"));
    List<EpochMetrics> metrics = RunReader.open(root.resolve("a")).epochs();
    EpochMetrics last = metrics.get(metrics.size() - 1);
    assertThat(last.result().weights().zeroShare()).isCloseTo(0.7, within(0.02));
    assertThat(metrics).allMatch(line -> line.drift().isPresent());
    assertThat(RunReader.open(root.resolve("a")).settings()).isEqualTo(settings);
  }

  /** The paper's network on the data it is known by, small enough for a test. */
  @Test
  void itIsReachedForLenetOnMnist() throws IOException {
    Map<String, Object> mnist =
        Map.of("data", "mnist", "limit", 1500L, "batch", 25L, "schedule", "cosine:3x9e-4");
    ToyRun.start(settings(Map.of("zeros", 0.9), mnist), root.resolve("a"));
    assertThat(RunReader.open(root.resolve("a")).epochs().get(2).result().weights().zeroShare())
        .isCloseTo(0.9, within(0.02));
  }

  @ParameterizedTest
  @CsvSource({"coupled, adam", "independent, sgd"})
  void aStopInTheMiddleChangesNothing(String rule, String optimizer) throws IOException {
    Map<String, Object> weights = Map.of("zeros", 0.6, "latents", "even:0.1", "rule", rule);
    RunSettings settings = settings(weights, Map.of("optimizer", optimizer));
    Path whole = root.resolve("whole");
    Path stopped = root.resolve("stopped");
    ToyRun.start(settings, whole);
    TrainingRun.start(settings, ToyRun.in(stopped, ToyRun.after(13)));
    ToyRun.resume(stopped);
    assertThat(ToyRun.model(stopped)).isEqualTo(ToyRun.model(whole));
    assertThat(ToyRun.metrics(stopped)).isEqualTo(ToyRun.metrics(whole));
    assertThat(RunReader.open(stopped).settings()).isEqualTo(settings);
  }

  @Test
  void aShareThatFrozenBitsForbidLeavesNoFolder() {
    RunSettings settings = settings(Map.of("zeros", 0.5, "depth", 6L, "mask", "111000"), Map.of());
    assertThatThrownBy(() -> ToyRun.start(settings, root.resolve("a")))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("share of zeros must be at most 0.09");
    assertThat(root.resolve("a")).doesNotExist();
  }
}
