package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.assertj.core.data.Offset;
import org.bitloom.error.UsageException;
import org.bitloom.io.ModelFile;
import org.bitloom.io.Safetensors;
import org.bitloom.io.TensorData;
import org.bitloom.model.ModelTensor;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.InitFrom;
import org.bitloom.settings.RunSettings;
import org.bitloom.testkit.ModuleFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts a user's own module from trained weights: of a run, of a file, or those it holds. */
class OwnModuleStartTest {
  /** So small a rate that the weights stay what they begin with. */
  private static final String STILL = "1x1e-9";

  @TempDir private static Path shared;
  private static Path data;
  private static Path module;
  private static Path trained;

  @TempDir private Path root;

  @BeforeAll
  static void trainFloatWeights() throws IOException {
    ToyImages images = ToyImages.SMALL;
    data = images.write(shared.resolve("data"));
    module = shared.resolve("toy.pt");
    Files.write(module, ModuleFile.convolutional(images.side(), images.classes()).bytes());
    trained = shared.resolve("trained");
    ToyRun.start(settings(Map.of("weights", "float", "schedule", "3x3e-3")), trained);
  }

  private static RunSettings settings(Map<String, Object> more) {
    Map<String, Object> replaced = new HashMap<>(more);
    replaced.put("network", module.toString());
    return ToyRun.settings(data, replaced);
  }

  private static Map<String, Object> start(Path source) throws IOException {
    InitFrom from = InitFrom.of(source);
    return Map.of(
        "initFrom", Map.of("path", from.path(), "sha256", from.sha256()),
        "weights", ToyRun.weights(16, "1".repeat(16), "coupled"),
        "schedule", STILL);
  }

  private static Map<String, ModelTensor> tensors(Path run) throws IOException {
    Map<String, ModelTensor> tensors = new HashMap<>();
    ModelFile.read(run.resolve("model.safetensors"))
        .tensors()
        .forEach(tensor -> tensors.put(tensor.name(), tensor));
    return tensors;
  }

  private static double testLoss(Path run) throws IOException {
    List<Map<String, Object>> lines = ToyRun.metrics(run);
    return (Double) lines.get(lines.size() - 1).get("testLoss");
  }

  /** Weights and running statistics both count for the loss. */
  private static void assertGoesOnFromTheTrainedRun(Path run) throws IOException {
    assertThat(testLoss(run)).isCloseTo(testLoss(trained), Offset.offset(0.02));
    float[] before = tensors(trained).get("conv_weight").weights();
    assertThat(tensors(run).get("conv_weight").weights())
        .usingComparatorWithPrecision(1e-3f)
        .containsExactly(before);
  }

  @Test
  void aBitWiseRunStartsFromAFloatRunOfTheSameModule() throws IOException {
    Path run = root.resolve("run");
    ToyRun.start(settings(start(trained)), run);
    assertGoesOnFromTheTrainedRun(run);
  }

  /** As save_file(net.state_dict()) writes it, with the counter, which is no float. */
  @Test
  void aBitWiseRunStartsFromAStateDict() throws IOException {
    List<TensorData> state = new ArrayList<>();
    tensors(trained)
        .forEach(
            (name, tensor) ->
                state.add(
                    TensorData.floats(
                        name,
                        tensor.shape().stream().mapToLong(Integer::longValue).toArray(),
                        tensor.weights())));
    state.add(TensorData.longs("seen", new long[0], new long[] {5}));
    Path file = root.resolve("state.safetensors");
    Safetensors.write(file, Map.of(), state);
    Path run = root.resolve("run");
    ToyRun.start(settings(start(file)), run);
    assertGoesOnFromTheTrainedRun(run);
  }

  @Test
  void aRunStartsFromTheWeightsThatTheModuleHolds() throws IOException {
    Path run = root.resolve("run");
    ToyRun.start(settings(start(module)), run);
    assertThat(tensors(run).get("conv_weight").weights())
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(floats("toy/data/0"));
    Path drawn = root.resolve("drawn");
    ToyRun.start(settings(Map.of("schedule", STILL)), drawn);
    assertThat(tensors(drawn).get("conv_weight").weights())
        .usingComparatorWithPrecision(1e-4f)
        .doesNotContain(floats("toy/data/0"));
  }

  private static float[] floats(String entry) throws IOException {
    byte[] file = Files.readAllBytes(module);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      ZipEntry next = zip.getNextEntry();
      while (!next.getName().equals(entry)) {
        next = zip.getNextEntry();
      }
      byte[] bytes = zip.readAllBytes();
      float[] floats = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
      return floats;
    }
  }

  @Test
  void aStopChangesNothing() throws IOException {
    for (Path source : List.of(trained, module)) {
      Path whole = root.resolve("whole-" + source.getFileName());
      Path stopped = root.resolve("stopped-" + source.getFileName());
      Map<String, Object> faster = new HashMap<>(start(source));
      faster.put("schedule", "2x1e-3");
      ToyRun.start(settings(faster), whole);
      TrainingRun.start(settings(faster), ToyRun.in(stopped, ToyRun.after(4)));
      TrainingRun.resume(ToyRun.in(stopped, ToyRun.after(4)));
      ToyRun.resume(stopped);
      assertThat(ToyRun.model(stopped)).isEqualTo(ToyRun.model(whole));
    }
  }

  @Test
  void anotherModuleIsNothingToStartFrom() throws IOException {
    Path other = Files.write(root.resolve("other.pt"), ModuleFile.dense(4, 2).bytes());
    Map<String, Object> start = start(other);
    assertThatThrownBy(() -> ToyRun.start(settings(start), root.resolve("run")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "a network to start from must be a run, a safetensors file, or the very file of --net,"
                + " got "
                + other);
  }

  @Test
  void aBufferOfAnotherShapeIsRefused() throws IOException {
    Path file = root.resolve("state.safetensors");
    Safetensors.write(
        file, Map.of(), List.of(TensorData.floats("running_mean", new long[] {2}, new float[2])));
    Map<String, Object> start = start(file);
    assertThatThrownBy(() -> ToyRun.start(settings(start), root.resolve("run")))
        .isInstanceOf(UsageException.class)
        .hasMessage("buffer running_mean of toy.pt must be Float [4], got Float [2]");
  }
}
