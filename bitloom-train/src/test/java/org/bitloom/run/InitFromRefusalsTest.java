package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bitloom.data.DataSet;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.ModelFile;
import org.bitloom.io.Safetensors;
import org.bitloom.io.TensorData;
import org.bitloom.network.Networks;
import org.bitloom.session.FrozenContent;
import org.bitloom.session.Session;
import org.bitloom.session.ToyImages;
import org.bitloom.session.TrainingTask;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.InitFrom;
import org.bitloom.settings.RunSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that a run cannot start from; nothing may be left in the folder of the run. */
class InitFromRefusalsTest {
  private static final String FIRST = "dense1.weight";
  private static final String SECOND = "dense2.weight";
  private static final String THIRD = "dense3.weight";

  @TempDir private static Path shared;
  private static Path data;
  private static Path source;

  @TempDir private Path root;
  private Path run;
  private Path file;

  @BeforeAll
  static void trainAFloatNetwork() throws IOException {
    data = ToyImages.SMALL.write(shared.resolve("data"));
    source = shared.resolve("source");
    ToyRun.start(ToyRun.settings(data, Map.of("weights", "float", "schedule", "1x1e-3")), source);
  }

  @BeforeEach
  void nameTheFiles() {
    run = root.resolve("run");
    file = root.resolve("file.safetensors");
  }

  private static RunSettings settings(Path from, Path images, String network) throws IOException {
    InitFrom init = InitFrom.of(from);
    return ToyRun.settings(
        images,
        Map.of(
            "network", network, "initFrom", Map.of("path", init.path(), "sha256", init.sha256())));
  }

  private AbstractThrowableAssert<?, ?> assertRefused(RunSettings settings) {
    AbstractThrowableAssert<?, ?> refused = assertThatThrownBy(() -> ToyRun.start(settings, run));
    assertThat(run).doesNotExist();
    return refused;
  }

  private AbstractThrowableAssert<?, ?> assertFileRefused() throws IOException {
    return assertRefused(settings(file, data, "lenet300"));
  }

  private static TensorData zeros(String name, int... sizes) {
    int size = 1;
    long[] shape = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      size *= sizes[i];
      shape[i] = sizes[i];
    }
    return TensorData.floats(name, shape, new float[size]);
  }

  private static List<TensorData> fitting() {
    return new ArrayList<>(
        List.of(zeros(FIRST, 300, 144), zeros(SECOND, 100, 300), zeros(THIRD, 4, 100)));
  }

  @Test
  void aModelForOtherImagesOrClasses() throws IOException {
    Path larger = new ToyImages(600, 200, 14, 4).write(root.resolve("larger"));
    Path more = new ToyImages(600, 200, 12, 5).write(root.resolve("more"));
    Path model = source.resolve("model.safetensors");
    assertRefused(settings(source, larger, "lenet300"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "the network to start from must have input [1, 14, 14] and 4 classes as the data have, "
                + model
                + " has [1, 12, 12] and 4");
    assertRefused(settings(source, more, "lenet300"))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith(
            "and 5 classes as the data have, " + model + " has [1, 12, 12] and 4");
  }

  @Test
  void aModelOfAnotherNetworkIsRefusedByItsFirstParameter() throws IOException {
    assertRefused(settings(source, data, "conv2"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            "parameter conv1.weight must have shape [64, 1, 3, 3] to start from, "
                + source.resolve("model.safetensors")
                + " has none; in all: missing conv1.weight, ")
        .hasMessageContaining("; of other shapes dense1.weight");
  }

  @Test
  void aTensorOfAnotherShape() throws IOException {
    List<TensorData> tensors = fitting();
    tensors.set(1, zeros(SECOND, 300, 100));
    Safetensors.write(file, Map.of(), tensors);
    assertFileRefused()
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "parameter dense2.weight must have shape [100, 300] to start from, "
                + file
                + " has [300, 100]");
  }

  @Test
  void aTensorThatIsMissingOrTooMany() throws IOException {
    List<TensorData> tensors = fitting();
    tensors.remove(2);
    Safetensors.write(file, Map.of(), tensors);
    assertFileRefused()
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "parameter dense3.weight must have shape [4, 100] to start from, "
                + file
                + " has none");
    tensors = fitting();
    tensors.add(zeros("dense3.bias", 4));
    Safetensors.write(file, Map.of(), tensors);
    assertFileRefused()
        .isInstanceOf(UsageException.class)
        .hasMessage("the network has no parameter dense3.bias, " + file + " has one of shape [4]");
  }

  @Test
  void numbersThatAreNotFiniteOrNotFloats() throws IOException {
    List<TensorData> tensors = fitting();
    float[] values = new float[400];
    values[7] = Float.NaN;
    tensors.set(2, TensorData.floats(THIRD, new long[] {4, 100}, values));
    Safetensors.write(file, Map.of(), tensors);
    assertFileRefused()
        .isInstanceOf(CorruptFileException.class)
        .hasMessage(
            file
                + ": file must hold float tensors of finite numbers, got dense3.weight must hold"
                + " finite numbers, got NaN at index 7");
    tensors.set(2, TensorData.unsignedInts(THIRD, new long[] {4, 100}, new int[400]));
    Safetensors.write(file, Map.of(), tensors);
    assertFileRefused()
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "parameter dense3.weight must have shape [4, 100] to start from, "
                + file
                + " has U32, no floats");
  }

  @Test
  void aFileThatIsSomethingElseOrDamaged() throws IOException {
    Files.writeString(file, "not a network, but long enough to have a header");
    assertFileRefused()
        .isInstanceOf(CorruptFileException.class)
        .hasMessage(file + ": file must be safetensors, got text");
    byte[] model = Files.readAllBytes(source.resolve("model.safetensors"));
    model[model.length - 5] ^= 1;
    Files.write(file, model);
    assertFileRefused().isInstanceOf(CorruptFileException.class).hasMessageContaining("sha256");
  }

  @Test
  void aPathWithoutANetwork() throws IOException {
    assertThatThrownBy(() -> InitFrom.of(file))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(file.toString());
    TrainingRun.start(ToyRun.settings(data), ToyRun.in(root.resolve("unfinished"), () -> true));
    assertThatThrownBy(() -> InitFrom.of(root.resolve("unfinished")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "a run to start from must be finished, "
                + root.resolve("unfinished")
                + " holds no model.safetensors");
    assertThatThrownBy(() -> new InitFrom("a", "12ab"))
        .hasMessage("sha256 must be 64 hexadecimal digits, got '12ab'");
  }

  @Test
  void theFolderThatTheRunWouldOverwrite() throws IOException {
    Path old = root.resolve("old");
    ToyRun.start(ToyRun.settings(data, Map.of("schedule", "1x1e-3")), old);
    byte[] model = ToyRun.model(old);
    var context = new RunContext(old, true, Optional.empty(), Progress.NONE, ToyRun.NEVER);
    RunSettings settings = settings(old, data, "lenet300");
    assertThatThrownBy(() -> TrainingRun.start(settings, context))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("the network to start from must lie outside the folder of the run");
    assertThat(ToyRun.model(old)).isEqualTo(model);
  }

  /** Batch norm and its running statistics are parameters like others. */
  @Test
  void statisticsOfBatchNormAreCopiedToo() throws IOException {
    Path images = new ToyImages(40, 20, 8, 2).write(root.resolve("small"));
    RunSettings settings =
        ToyRun.settings(
            images,
            Map.of("network", "resnet20", "weights", "float", "schedule", "1x1e-3", "batch", 20L));
    ToyRun.start(settings, run);
    DataSet same = new ToyImages(40, 20, 8, 2).data();
    InitFrom init = InitFrom.of(run);
    RunSettings started =
        ToyRun.settings(
            images,
            Map.of(
                "network",
                "resnet20",
                "weights",
                "float",
                "batch",
                20L,
                "initFrom",
                Map.of("path", init.path(), "sha256", init.sha256())));
    FrozenContent nothing = FrozenContent.given(started, Optional.empty());
    TrainingTask task = TrainingTask.of(started, same, nothing);
    try (Session session =
        task.open(Networks.open("resnet20"), true, DeviceChoice.CPU, line -> {})) {
      List<String> names = session.names();
      assertThat(names).anyMatch(name -> name.endsWith("runningMean"));
      for (var tensor : ModelFile.read(run.resolve("model.safetensors")).tensors()) {
        assertThat(session.values(tensor.name())).as(tensor.name()).isEqualTo(tensor.weights());
        names.remove(tensor.name());
      }
      assertThat(names).isEmpty();
    }
  }
}
