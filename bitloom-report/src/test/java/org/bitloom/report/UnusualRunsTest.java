package org.bitloom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs in the states in which their folders are found. */
class UnusualRunsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1000, 2000})
  void everyEpochIsTold(int epochs) throws IOException {
    WrittenRun run = run().metrics(WrittenRun.lines(epochs));
    assertThat(run.column("testAccuracy")).hasSize(epochs);
    assertThat(run.part().get("remarks")).isEqualTo(List.of());
  }

  @Test
  void ofVeryManyEpochsSomeAreToldTheFirstAndTheLastAmongThem() throws IOException {
    WrittenRun run = run().metrics(WrittenRun.lines(5001));
    List<?> epochs = run.column("epoch");
    assertThat(epochs.size()).isBetween(500, 2000);
    assertThat(epochs.get(0)).isEqualTo(1L);
    assertThat(epochs.get(epochs.size() - 1)).isEqualTo(5001L);
    assertThat(run.remarks()).contains("of 5001 epochs");
  }

  @Test
  void aRunBeforeItsFirstEpochHasNone() throws IOException {
    assertThat(run().column("epoch")).isEmpty();
    assertThat(run().part().get("state")).isEqualTo("stopped");
  }

  @Test
  void anEmptyFileOfMetricsIsNoEpoch() throws IOException {
    assertThat(run().metrics(List.of()).column("epoch")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "null", "\"NaN\""})
  void aLossThatIsNoNumberIsAGapInItsColumn(String loss) throws IOException {
    WrittenRun run = run().metrics(List.of(WrittenRun.line(1, "0.5"), WrittenRun.line(2, loss)));
    assertThat(run.column("trainLoss")).isEqualTo(Arrays.asList(0.5, null));
    assertThat(run.column("testLoss")).isEqualTo(List.of(0.7, 0.7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"epoch\":2,", "\u0000\u0001", "[1,2]", "3", "\"\"", "{}}", ""})
  void aDamagedLineIsLeftOutAndRemarkedOn(String damaged) throws IOException {
    WrittenRun run =
        run().metrics(List.of(WrittenRun.line(1, "0.5"), damaged, WrittenRun.line(3, "0.4")));
    assertThat(run.column("epoch")).isEqualTo(List.of(1L, 3L));
    assertThat(run.remarks()).contains("line 2 of metrics.jsonl is damaged");
  }

  @Test
  void bytesThatAreNoTextAreADamagedLine() throws IOException {
    WrittenRun run = run().metrics(WrittenRun.lines(1));
    byte[] bytes = "\u00ff\u00fe{\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(run.folder().resolve("metrics.jsonl"), bytes, StandardOpenOption.APPEND);
    assertThat(run.column("epoch")).isEqualTo(List.of(1L));
    assertThat(run.remarks()).contains("line 2");
  }

  @Test
  void ofVeryManyDamagedLinesAFewAreNamed() throws IOException {
    WrittenRun run = run().metrics(List.of("x\n".repeat(1000) + WrittenRun.line(1, "0.5")));
    assertThat(run.remarks()).hasSizeLessThan(1000).contains("995 more");
  }

  @Test
  void theLineThatIsBeingWrittenDoesNotCountYet() throws IOException {
    WrittenRun run = run().metrics(WrittenRun.lines(2));
    Files.writeString(
        run.folder().resolve("metrics.jsonl"),
        WrittenRun.line(3, "0.4").substring(0, 60),
        StandardOpenOption.APPEND);
    assertThat(run.column("epoch")).isEqualTo(List.of(1L, 2L));
    assertThat(run.part().get("remarks")).isEqualTo(List.of());
  }

  @Test
  void metricsThatLackValuesOfTheOthersHaveGaps() throws IOException {
    WrittenRun run = run().metrics(List.of("{\"epoch\":1,\"zero\":5}", WrittenRun.line(2, "0.5")));
    assertThat(run.column("zero")).isEqualTo(List.of(5L, 1L));
    assertThat(run.column("testLoss")).isEqualTo(Arrays.asList(null, 0.7));
  }

  @Test
  void metricsOfAnotherKindAreTakenForNone() throws IOException {
    WrittenRun run =
        run().metrics(List.of("{\"epoch\":1,\"testLoss\":[1],\"flips\":{},\"testPerClass\":7}"));
    assertThat(run.column("epoch")).isEqualTo(List.of(1L));
    assertThat(ReportPage.of(ReportDocument.of(List.of(run.folder())))).contains("\"epoch\":[1]");
  }

  @Test
  void aDamagedModelIsRemarkedOn() throws IOException {
    WrittenRun run = run().metrics(WrittenRun.lines(3));
    Files.writeString(run.folder().resolve("model.safetensors"), "no model");
    assertThat(run.part().get("model")).isNull();
    assertThat(run.remarks()).contains("the model cannot be read");
  }

  @Test
  void aFolderThatIsMadeButHasNoSettingsYetIsNoRun() throws IOException {
    Path begun = Files.createDirectories(folder.resolve("begun").resolve("checkpoint"));
    List<Path> subjects = List.of(begun.getParent());
    assertThatThrownBy(() -> ReportDocument.of(subjects))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(begun.getParent().toString());
  }

  @Test
  void damagedSettingsAreNamedWithTheirFile() throws IOException {
    WrittenRun run = run();
    Files.writeString(run.folder().resolve("config.json"), "{\"settings\":");
    assertThatThrownBy(run::part)
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("config.json");
  }

  private WrittenRun run() throws IOException {
    return new WrittenRun(folder.resolve("run"));
  }
}
