package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.RunSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunReaderTest {
  @TempDir private static Path shared;
  private static RunSettings settings;
  private static RunOutcome outcome;

  @TempDir private Path folder;

  @BeforeAll
  static void trainOnce() throws IOException {
    settings = ToyRun.settings(new ToyImages(120, 40, 6, 2).write(shared.resolve("data")));
    outcome = ToyRun.start(settings, shared.resolve("run"));
  }

  @BeforeEach
  void copyWhatIsRead() throws IOException {
    for (String name : List.of("config.json", "metrics.jsonl")) {
      Files.copy(shared.resolve("run").resolve(name), folder.resolve(name));
    }
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("metrics.jsonl"));
  }

  @Test
  void settingsAndMetricsAreThoseOfTheRun() throws IOException {
    RunReader run = RunReader.open(shared.resolve("run"));
    assertThat(run.settings()).isEqualTo(settings);
    assertThat(run.epochs()).extracting(EpochMetrics::epoch).containsExactly(1, 2, 3);
    assertThat(run.last()).isEqualTo(outcome.last());
    assertThat(run.model()).isEqualTo(outcome.model());
    assertThat(run.nested()).isEmpty();
  }

  @Test
  void factsTellWhatWasInForce() throws IOException {
    RunFacts facts = RunReader.open(folder).facts();
    assertThat(facts.dataSha256()).matches("[0-9a-f]{64}");
    assertThat(facts.kernels()).isIn("scalar", "vector");
    assertThat(facts.versions()).containsKeys("bitloom", "jdk", "engine");
    assertThat(facts.networkSha256()).isEmpty();
  }

  @Test
  void aRunWithoutModelIsNotFinished() throws IOException {
    assertThat(RunReader.open(folder).model()).isEmpty();
  }

  @Test
  void beforeTheFirstEpochThereAreNoMetrics() throws IOException {
    Files.delete(folder.resolve("metrics.jsonl"));
    assertThat(RunReader.open(folder).last()).isEmpty();
  }

  @Test
  void halfALineAtTheEndDoesNotCount() throws IOException {
    List<String> lines = lines();
    Files.writeString(folder.resolve("metrics.jsonl"), lines.get(0) + "\n{\"epoch\":2,");
    assertThat(RunReader.open(folder).last().orElseThrow().epoch()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "7", "{\"epoch\":2}"})
  void aDamagedLineIsNamedByItsNumber(String damaged) throws IOException {
    List<String> lines = lines();
    lines.set(1, damaged);
    Files.write(folder.resolve("metrics.jsonl"), lines);
    RunReader run = RunReader.open(folder);
    assertThatThrownBy(run::epochs)
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("metrics.jsonl")
        .hasMessageContaining("line 2");
  }

  @Test
  void settingsThatNoRunHasAreNamed() throws IOException {
    Path config = folder.resolve("config.json");
    String whole = Files.readString(config);
    for (String key : List.of("batch", "threads", "depth", "limit")) {
      Files.writeString(
          config, whole.replaceFirst("\"" + key + "\":\\s*\\d+", "\"" + key + "\":4294967298"));
      assertThatThrownBy(() -> RunReader.open(folder).settings())
          .isInstanceOf(CorruptFileException.class)
          .hasMessageContaining("'" + key + "' must be below 2^31, got 4294967298");
    }
  }

  @Test
  void otherFoldersAreRefused() {
    assertThat(RunReader.isRun(shared)).isFalse();
    assertThatThrownBy(() -> RunReader.open(shared))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("a run folder must hold config.json");
  }

  @Test
  void readingDisturbsNobodyAtWork() throws IOException {
    try (RunFolder held = RunFolder.open(RunReader.open(folder))) {
      assertThat(RunReader.inUse(folder)).isTrue();
      assertThat(RunReader.open(held.files().folder()).epochs()).hasSize(3);
    }
    assertThat(RunReader.inUse(folder)).isFalse();
  }
}
