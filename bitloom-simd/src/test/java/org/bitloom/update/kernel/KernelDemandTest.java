package org.bitloom.update.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks for kernels in this JVM and in small ones started with other flags. */
class KernelDemandTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  @TempDir private Path folder;

  /** What the small JVM runs: writes the answer to two questions for the kernels to a file. */
  static final class Asker {
    private Asker() {}

    public static void main(String[] args) throws IOException {
      Files.write(Path.of(args[0]), List.of(answer(), answer()));
    }

    private static String answer() {
      try {
        return KernelChoice.chosen().name();
      } catch (RuntimeException | Error e) {
        return e.toString();
      }
    }
  }

  @Test
  void thisProcessUsesTheKernelsThatAreDemandedAndVectorKernelsOtherwise() {
    String demand = System.getProperty(KernelChoice.PROPERTY, "auto");
    assertThat(KernelChoice.vector().obstacle()).as("the tests run with C2").isEmpty();
    assertThat(KernelChoice.chosen().name()).isEqualTo(demand.equals("auto") ? "vector" : demand);
  }

  @Test
  void vectorKernelsAreFoundWhateverTheLoaderOfTheThread() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertThat(KernelChoice.choose("auto").name()).isEqualTo("vector");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void everyDemandIsMetWithTheModule() throws Exception {
    assertThat(ask(MODULE)).containsOnly("vector");
    assertThat(ask(MODULE, "-Dbitloom.kernels=auto")).containsOnly("vector");
    assertThat(ask(MODULE, "-Dbitloom.kernels=vector")).containsOnly("vector");
    assertThat(ask(MODULE, "-Dbitloom.kernels=scalar")).containsOnly("scalar");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:TieredStopAtLevel=1",
        "-XX:TieredStopAtLevel=3",
        "-XX:CompilationMode=quick-only",
        "-Xint",
        "-XX:MaxVectorSize=8"
      })
  void aJvmThatMakesNoInstructionsOfVectorsGetsScalarKernelsAndOneWarning(String flag)
      throws Exception {
    assertThat(ask(MODULE, flag)).containsOnly("scalar");
    assertThat(said("scalar kernels serve in place of vector ones: ")).hasSize(1);
    assertThat(said(flag.replaceFirst("=.*", ""))).as("the flag to leave out").hasSize(1);
  }

  @Test
  void vectorKernelsThatAreDemandedServeThereTooWithAWarning() throws Exception {
    assertThat(ask(MODULE, "-XX:TieredStopAtLevel=1", "-Dbitloom.kernels=vector"))
        .containsOnly("vector");
    assertThat(said("many times slower than scalar ones: this JVM runs without its C2 compiler"))
        .hasSize(1);
  }

  @Test
  void narrowVectorsOf128BitsServe() throws Exception {
    assertThat(ask(MODULE, "-XX:MaxVectorSize=16")).containsOnly("vector");
    assertThat(said("kernels")).isEmpty();
  }

  /** Returns the lines of the last small JVM that contain a text. */
  private List<String> said(String text) throws IOException {
    return Files.readAllLines(folder.resolve("log")).stream()
        .filter(line -> line.contains(text))
        .toList();
  }

  @Test
  void withoutTheModuleTheScalarKernelsServe() throws Exception {
    assertThat(ask()).containsOnly("scalar");
    assertThat(ask("-Dbitloom.kernels=scalar")).containsOnly("scalar");
  }

  @Test
  void vectorKernelsDemandedWithoutTheModuleFailWithTheFlagToAdd() throws Exception {
    assertThat(ask("-Dbitloom.kernels=vector"))
        .containsOnly(
            "java.lang.IllegalStateException: vector kernels need the JVM flag"
                + " --add-modules jdk.incubator.vector");
  }

  @Test
  void unknownKernelsAreRejectedEachTimeTheyAreAskedFor() throws Exception {
    assertThat(ask(MODULE, "-Dbitloom.kernels=Vector"))
        .containsOnly(
            "org.bitloom.error.UsageException: bitloom.kernels must be auto, scalar or vector,"
                + " got 'Vector'");
  }

  private List<String> ask(String... flags) throws IOException, InterruptedException {
    Path answer = folder.resolve("answer");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.add("-Xmx64m");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Asker.class.getName(), answer.toString()));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as("%s ended", command).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return Files.readAllLines(answer);
  }
}
