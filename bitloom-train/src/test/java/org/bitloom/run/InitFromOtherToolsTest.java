package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.error.UsageException;
import org.bitloom.io.ModelFile;
import org.bitloom.io.Safetensors;
import org.bitloom.io.TensorData;
import org.bitloom.io.TensorType;
import org.bitloom.model.ModelTensor;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.InitFrom;
import org.bitloom.settings.RunSettings;
import org.bitloom.testkit.ModuleFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts runs from safetensors files as other tools write them. */
class InitFromOtherToolsTest {
  private static final ToyImages IMAGES = new ToyImages(60, 20, 6, 2);
  private static final List<Long> WEIGHT = List.of(2L, 36L);
  private static final List<Long> BIAS = List.of(2L);

  @TempDir private static Path shared;
  private static Path data;
  private static Path module;

  @TempDir private Path root;
  private final List<String> lines = new ArrayList<>();

  @BeforeAll
  static void writeData() throws IOException {
    data = IMAGES.write(shared.resolve("data"));
    byte[] bytes = ModuleFile.dense(36, 2).counter("seen").buffer("mean", 0, 2).bytes();
    module = Files.write(shared.resolve("toy.pt"), bytes);
  }

  /** Every value is exact in all types. */
  private static TensorData tensor(String name, TensorType type, List<Long> shape) {
    int size = (int) shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    double[] doubles = new double[size];
    float[] floats = new float[size];
    short[] halves = new short[size];
    short[] brains = new short[size];
    for (int i = 0; i < size; i++) {
      doubles[i] = i % 2 == 0 ? 0.5 : -0.75;
      floats[i] = (float) doubles[i];
      halves[i] = (short) (i % 2 == 0 ? 0x3800 : 0xba00);
      brains[i] = (short) (Float.floatToIntBits(floats[i]) >> 16);
    }
    return new TensorData(
        name,
        type,
        shape,
        switch (type) {
          case F64 -> doubles;
          case F32 -> floats;
          case F16 -> halves;
          default -> brains;
        });
  }

  private List<ModelTensor> start(List<TensorData> tensors) throws IOException {
    Path file = root.resolve("weights.safetensors");
    Safetensors.write(file, Map.of(), tensors);
    InitFrom init = InitFrom.of(file);
    RunSettings settings =
        ToyRun.settings(
            data,
            Map.of(
                "network",
                module.toString(),
                "weights",
                "float",
                "schedule",
                "1x1e-30",
                "initFrom",
                Map.of("path", init.path(), "sha256", init.sha256())));
    Path run = root.resolve("run");
    Progress hearing =
        new Progress() {
          @Override
          public void notice(String line) {
            lines.add(line);
          }

          @Override
          public void started(RunSettings started, Path folder, int firstEpoch) {}

          @Override
          public void batch(BatchProgress progress) {}

          @Override
          public void epoch(EpochMetrics metrics) {}
        };
    TrainingRun.start(
        settings, new RunContext(run, false, Optional.empty(), hearing, ToyRun.NEVER));
    return ModelFile.read(run.resolve("model.safetensors")).tensors();
  }

  @ParameterizedTest
  @EnumSource(names = {"F64", "F32", "F16", "BF16"})
  void floatsOfEveryWidthAreTakenAndConversionIsSaid(TensorType type) throws IOException {
    List<ModelTensor> started =
        start(List.of(tensor("weight", type, WEIGHT), tensor("bias", type, BIAS)));
    assertThat(started.get(1).weights()).containsExactly(0.5f, -0.75f);
    assertThat(lines.stream().filter(line -> line.contains("were converted to F32 from [" + type)))
        .hasSize(type == TensorType.F32 ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "module.",
        "_orig_mod.",
        "module._orig_mod.",
        "_orig_mod.module.",
        "module.module."
      })
  void namesOfWrappersAreTakenAwayAndThatIsSaid(String prefix) throws IOException {
    List<ModelTensor> started =
        start(
            List.of(
                tensor(prefix + "weight", TensorType.F32, WEIGHT),
                tensor(prefix + "bias", TensorType.F32, BIAS)));
    assertThat(started.get(1).weights()).containsExactly(0.5f, -0.75f);
    assertThat(lines).anyMatch(line -> line.contains(": " + prefix + "weight is weight"));
  }

  @Test
  void integersAreNamedAndLeftOut() throws IOException {
    long[] one = {1};
    start(
        List.of(
            tensor("weight", TensorType.F32, WEIGHT),
            tensor("bias", TensorType.F32, BIAS),
            TensorData.longs("bn1.num_batches_tracked", new long[] {1}, one),
            TensorData.longs("module.seen", new long[] {1}, one)));
    assertThat(lines)
        .anyMatch(line -> line.endsWith("does not have: bn1.num_batches_tracked, seen"));
  }

  @Test
  void buffersOfFloatsAreConvertedToo() throws IOException {
    List<ModelTensor> started =
        start(
            List.of(
                tensor("weight", TensorType.F16, WEIGHT),
                tensor("bias", TensorType.F16, BIAS),
                tensor("mean", TensorType.F16, BIAS)));
    assertThat(started.get(2).name()).isEqualTo("mean");
    assertThat(started.get(2).weights()).containsExactly(0.5f, -0.75f);
  }

  @Test
  void whatIsMissingAndWhatIsLeftOverIsListed() {
    List<TensorData> tensors =
        List.of(
            tensor("fc.weight", TensorType.F32, WEIGHT),
            tensor("fc.bias", TensorType.F32, BIAS),
            tensor("bias", TensorType.F32, WEIGHT));
    assertThatThrownBy(() -> start(tensors))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("parameter weight must have shape [2, 36] to start from, ")
        .hasMessageContaining("; in all: missing weight; of other shapes bias; left over fc.")
        .hasMessageContaining("fc.weight")
        .hasMessageContaining("fc.bias");
  }

  @Test
  void twoNamesThatBecomeOneAreRefused() {
    List<TensorData> tensors =
        List.of(
            tensor("weight", TensorType.F32, WEIGHT),
            tensor("module.weight", TensorType.F32, WEIGHT),
            tensor("bias", TensorType.F32, BIAS));
    assertThatThrownBy(() -> start(tensors))
        .hasMessageContaining(
            "names must differ without module. and _orig_mod., weight comes twice");
  }

  @ParameterizedTest
  @CsvSource({
    "0000, 0.0",
    "0001, 5.9604645E-8",
    "03ff, 6.097555E-5",
    "0400, 6.1035156E-5",
    "3c00, 1.0",
    "3555, 0.33325195",
    "7bff, 65504.0",
    "fbff, -65504.0",
    "7c00, Infinity",
    "fc00, -Infinity",
    "7e00, NaN",
    "8001, -5.9604645E-8"
  })
  void halvesHaveTheirValue(String bits, float value) {
    short[] half = {(short) Integer.parseInt(bits, 16)};
    TensorData data = new TensorData("h", TensorType.F16, List.of(1L), half);
    assertThat(data.toFloats()).containsExactly(value);
  }
}
