package org.bitloom.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitloom.error.UsageException;
import org.bitloom.infer.kernel.InferenceChoice;
import org.junit.jupiter.api.Test;

/** A program that does not name the vector module when it starts still finds kernels. */
class WithoutVectorModuleTest {
  /** Prints which kernels of inference are chosen. */
  static final class Chosen {
    private Chosen() {}

    public static void main(String[] args) {
      try {
        System.out.println(InferenceChoice.chosen().name());
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static String chosen(String... flags) throws Exception {
    String classPath =
        Stream.of(Chosen.class, VectorInference.class, InferenceChoice.class, UsageException.class)
            .map(WithoutVectorModuleTest::place)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", classPath, Chosen.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.strip();
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void scalarKernelsServe() throws Exception {
    assertThat(chosen()).isEqualTo("scalar");
  }

  @Test
  void whoDemandsVectorKernelsHearsWhatIsMissing() throws Exception {
    assertThat(chosen("-Dbitloom.kernels=vector"))
        .isEqualTo("vector kernels need the JVM flag --add-modules jdk.incubator.vector");
  }
}
