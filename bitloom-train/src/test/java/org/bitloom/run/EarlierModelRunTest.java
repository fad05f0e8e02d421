package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bitloom.bits.QuantizedWeights;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.settings.InitFrom;
import org.bitloom.settings.Nested;
import org.bitloom.testkit.GoldenModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Begins runs with model files of earlier formats, whose parameters had other names. */
class EarlierModelRunTest {
  /** Moves latents and floats by less than their last digit. */
  private static final String STANDSTILL = "1x1e-30";

  @TempDir private Path root;
  private Path data;

  @BeforeEach
  void writeSamples() throws IOException {
    data = Files.createDirectory(root.resolve("data"));
    GoldenModels.writeSamples(data);
  }

  private BitModel train(Map<String, Object> settings) throws IOException {
    ToyRun.start(ToyRun.settings(data, settings), root.resolve("run"));
    return ModelFile.read(root.resolve("run").resolve("model.safetensors"));
  }

  @Test
  void aRunStartsFromTheWeightsOfAnEarlierModel() throws IOException {
    Path source = GoldenModels.model("format1/float", root);
    InitFrom from = InitFrom.of(source);

    BitModel model =
        train(
            Map.of(
                "schedule",
                STANDSTILL,
                "weights",
                ToyRun.weights(4, "1111", "coupled"),
                "initFrom",
                Map.of("path", from.path(), "sha256", from.sha256())));

    BitModel earlier = ModelFile.read(source);
    for (int i = 0; i < 3; i++) {
      BitTensor found = (BitTensor) model.tensors().get(i);
      QuantizedWeights expected = QuantizedWeights.of(earlier.tensors().get(i).weights(), 4);
      assertThat(found.name()).isEqualTo("dense" + (i + 1) + ".weight");
      for (int w = 0; w < found.size(); w++) {
        assertThat(found.code(w)).isEqualTo(expected.code(w));
      }
    }
  }

  @Test
  void aRunCarriesAnEarlierModel() throws IOException {
    Path source = GoldenModels.model("format1/plain", root);
    Nested nested = Nested.of(source);

    BitModel model =
        train(
            Map.of(
                "weights",
                ToyRun.weights(10, "1111000000", "coupled"),
                "nested",
                Map.of("path", nested.path(), "sha256", nested.sha256())));

    assertThat(model.inner()).contains(ModelFile.read(source));
    assertThat(model.graph()).isEqualTo(model.inner().orElseThrow().graph());
  }
}
