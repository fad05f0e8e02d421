package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bitloom.io.Json;
import org.bitloom.session.engine.EngineFacts;
import org.bitloom.session.engine.EngineFacts.CudaFacts;
import org.bitloom.session.engine.EngineFacts.EngineDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineCommandTest {
  private static final EngineDevice CPU =
      new EngineDevice("cpu", Optional.empty(), OptionalLong.empty(), "");
  private static final EngineDevice GPU =
      new EngineDevice("gpu0", Optional.of("NVIDIA H200"), OptionalLong.of(150L << 30), "9.0");

  @TempDir private Path folder;

  private static Captured engine(List<EngineDevice> devices, CudaFacts cuda, String... words) {
    FakeLibrary library = new FakeLibrary(true, null);
    library.engine =
        new EngineFacts("PyTorch", "2.7.1", "0.35.1", Path.of("/torch"), devices, cuda);
    return Captured.run(library, 0, words);
  }

  private static final CudaFacts NONE = new CudaFacts(Optional.empty(), "no driver", "install it");

  @Test
  void withoutAGpuItTellsWhyAndWhatToDo() {
    assertThat(engine(List.of(CPU), NONE, "engine").out())
        .isEqualTo(
            """
            engine   PyTorch 2.7.1, DJL 0.35.1
            library  /torch
            device   cpu
            CUDA     none: no driver
            next     install it
            """);
  }

  @Test
  void aGpuHasNameAndMemory() {
    CudaFacts cuda = new CudaFacts(Optional.of("12.8"), "", "");
    assertThat(engine(List.of(CPU, GPU), cuda, "engine").out())
        .contains("device   gpu0  NVIDIA H200  150.00 GiB  compute capability 9.0\n")
        .endsWith("CUDA     12.8\n");
  }

  @Test
  void jsonHasTheKeysOfTheContract() {
    Map<?, ?> object =
        (Map<?, ?>) Json.parse(engine(List.of(CPU, GPU), NONE, "engine", "--json").out());
    assertThat(object.get("version")).isEqualTo("2.7.1");
    assertThat(object.get("library")).isEqualTo("/torch");
    assertThat(object.get("cuda")).isNull();
    assertThat(object.get("advice")).isEqualTo("install it");
    assertThat(((Map<?, ?>) ((List<?>) object.get("devices")).get(1)).get("memoryBytes"))
        .isEqualTo(150L << 30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"engine", "sweep --epochs 1"})
  void anEngineThatDoesNotLoadIsOneLine(String words) throws Exception {
    String torch = System.mapLibraryName("torch");
    Files.writeString(folder.resolve(torch), "no library but some text, longer than a header\n");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dai.djl.offline=true");
    command.add("-DPYTORCH_FLAVOR=cpu");
    command.add("-DPYTORCH_LIBRARY_PATH=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(words.split(" ")));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(said)
        .startsWith("bitloom: PYTORCH_LIBRARY_PATH must name a folder with PyTorch's libraries, ")
        .contains(torch + " is none", "; set PYTORCH_LIBRARY_PATH as docs/gpu.md says")
        .hasLineCount(1);
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void theDeviceIsHandedToTheLibrary() {
    FakeLibrary library = new FakeLibrary(true, null);
    Captured.run(
        library, 0, "train", "--device", "gpu1", "--out", folder.resolve("run").toString());
    assertThat(library.where.device()).hasToString("gpu1");
    Captured.run(library, 0, "train", "--out", folder.resolve("run").toString());
    assertThat(library.where.device()).hasToString("auto");
  }

  @Test
  void anEvaluationGoesToTheDeviceChosen() throws Exception {
    FakeLibrary library = new FakeLibrary(true, null);
    Path model = Files.createFile(folder.resolve("m.safetensors"));
    Captured.run(library, 0, "eval", model.toString(), "--device", "cpu");
    assertThat(library.evaluatedOn).hasToString("cpu");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "eval m.safetensors", "sweep"})
  void aWordThatIsNoDeviceIsWrongUsage(String command) throws Exception {
    Captured refused = Captured.run(command + " --device cuda");
    assertThat(refused.err())
        .startsWith("bitloom: device must be auto, cpu, gpu or gpuN such as gpu1, got 'cuda'");
    assertThat(refused.exitCode()).isEqualTo(2);
  }
}
