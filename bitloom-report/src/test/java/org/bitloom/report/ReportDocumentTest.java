package org.bitloom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.Json;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page is told of runs and models in all states. */
final class ReportDocumentTest {
  @TempDir private Path folder;

  private static Map<?, ?> first(Map<String, Object> document, String key) {
    return (Map<?, ?>) ((List<?>) document.get(key)).get(0);
  }

  private Map<?, ?> run(Path path) throws IOException {
    Map<String, Object> document = ReportDocument.of(List.of(path));
    assertThat(Json.parse(Json.print(document))).isInstanceOf(Map.class);
    return first(document, "runs");
  }

  @Test
  void aFinishedRunHasAColumnPerMetric() throws IOException {
    Map<?, ?> run = run(RunFolder.finished(folder.resolve("run"), 3));
    assertThat(run.get("state")).isEqualTo("finished");
    Map<?, ?> epochs = (Map<?, ?>) run.get("epochs");
    assertThat(epochs.get("epoch")).isEqualTo(List.of(1L, 2L, 3L));
    assertThat(epochs.get("testAccuracy")).isEqualTo(List.of(0.4, 0.7, 0.8));
    assertThat((List<?>) run.get("flips")).hasSize(3);
  }

  @Test
  void aRunWithoutAModelThatNobodyWorksOnHasStopped() throws IOException {
    Path stopped = RunFolder.write(folder.resolve("run"), RunFolder.config("mnist", 5, 1), 2);
    assertThat(run(stopped).get("state")).isEqualTo("stopped");
  }

  @Test
  void aRunBeforeItsFirstEpochIsTold() throws IOException {
    Path begun = RunFolder.write(folder.resolve("run"), RunFolder.config("mnist", 5, 1), 0);
    assertThat(((Map<?, ?>) run(begun).get("epochs")).get("epoch")).isEqualTo(List.of());
  }

  @Test
  void aDamagedLineIsRemarkedOn() throws IOException {
    Path damaged = RunFolder.finished(folder.resolve("run"), 3);
    Files.writeString(damaged.resolve("metrics.jsonl"), "{\"epoch\":1}\n{bad}\n");
    assertThat((List<?>) run(damaged).get("remarks"))
        .asString()
        .contains("line 2 of metrics.jsonl is damaged");
  }

  @Test
  void aDamagedModelIsRemarkedOn() throws IOException {
    Path damaged = RunFolder.finished(folder.resolve("run"), 1);
    Files.writeString(damaged.resolve("model.safetensors"), "not a model");
    Map<?, ?> run = run(damaged);
    assertThat(run.get("model")).isNull();
    assertThat((List<?>) run.get("remarks")).asString().contains("the model cannot be read");
  }

  @Test
  void planesAreThoseOfTheModelEightWeightsAByte() throws IOException {
    Map<?, ?> run = run(RunFolder.finished(folder.resolve("run"), 1));
    Map<?, ?> layer = (Map<?, ?>) ((List<?>) ((Map<?, ?>) run.get("model")).get("layers")).get(0);
    List<?> planes = (List<?>) ((Map<?, ?>) layer.get("picture")).get("bits");
    BitTensor weight = (BitTensor) RunFolder.model(20, 10).tensors().get(0);
    for (int bit = 0; bit < 6; bit++) {
      byte[] packed = Base64.getDecoder().decode((String) planes.get(bit));
      for (int i = 0; i < weight.size(); i++) {
        assertThat(packed[i / 8] >>> i % 8 & 1)
            .as("bit %d of weight %d", bit, i)
            .isEqualTo(weight.code(i) >>> bit & 1);
      }
    }
  }

  @Test
  void aModelFileAloneIsToldOf() throws IOException {
    Path file = folder.resolve("alone.safetensors");
    ModelFile.write(file, RunFolder.model(4, 6));
    Map<?, ?> model = run(file);
    assertThat(model.get("kind")).isEqualTo("model");
    assertThat(((Map<?, ?>) model.get("model")).get("weights")).isEqualTo(24L);
  }

  @Test
  void severalRunsShareTheRoom() throws IOException {
    Path one = RunFolder.finished(folder.resolve("one"), 2);
    Path two = RunFolder.finished(folder.resolve("two"), 2);
    assertThat((List<?>) ReportDocument.of(List.of(one, two)).get("runs"))
        .extracting(run -> String.valueOf(((Map<?, ?>) run).get("id")))
        .containsExactly("run1", "run2");
  }

  @Test
  void whatIsNeitherRunNorSweepNorModelIsRefused() {
    assertThatThrownBy(() -> ReportDocument.of(List.of(folder)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is none");
    assertThatThrownBy(() -> ReportDocument.of(List.of(folder.resolve("absent"))))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void aFileThatIsNoModelIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "text");
    assertThatThrownBy(() -> ReportDocument.of(List.of(text)))
        .isInstanceOf(CorruptFileException.class);
  }
}
