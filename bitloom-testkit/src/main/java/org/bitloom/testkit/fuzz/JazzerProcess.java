package org.bitloom.testkit.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.bitloom.testkit.Seeds;

/**
 * Runs Jazzer, which watches what each input makes a reader do and changes those that do something
 * new. It must be on the class path, as the profile {@code fuzz} puts it there.
 */
final class JazzerProcess {
  private static final int LOG_TAIL = 60;
  private static final int MAX_INPUT_BYTES = 1 << 17;

  private final String target;
  private final int runs;
  private final Path folder;

  JazzerProcess(String target, int runs) {
    this.target = target;
    this.runs = runs;
    this.folder =
        Path.of("target", "fuzz", target.substring(target.lastIndexOf('.') + 1)).toAbsolutePath();
  }

  /**
   * Reads {@code runs} inputs that come of the given ones.
   *
   * @throws AssertionError with the end of Jazzer's log if it found something
   */
  void run(List<byte[]> seeds, List<byte[]> found) throws IOException {
    Path corpus = folder.resolve("corpus");
    delete(corpus);
    Files.createDirectories(corpus);
    List<byte[]> first = new ArrayList<>(seeds);
    first.addAll(found);
    for (int i = 0; i < first.size(); i++) {
      Files.write(corpus.resolve("first-" + i), first.get(i));
    }
    Path log = folder.resolve("log.txt");
    int exit = exit(new ProcessBuilder(command(corpus)).redirectErrorStream(true), log);
    if (exit != 0) {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      throw new AssertionError(
          "Jazzer must end with 0, ended with "
              + exit
              + "; inputs are in "
              + folder
              + ", the end of its log:\n"
              + String.join(
                  "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size())));
    }
  }

  private static int exit(ProcessBuilder builder, Path log) throws IOException {
    Process process = builder.redirectOutput(log.toFile()).start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Jazzer must end by itself", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private List<String> command(Path corpus) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx2g",
        "-Djava.awt.headless=true",
        "-Dai.djl.offline=true",
        "-DOPT_OUT_TRACKING=true",
        "-Dbitloom.seed=" + Seeds.CURRENT,
        "-Dbitloom.root=" + System.getProperty("bitloom.root"),
        "-D" + JazzerTarget.TARGET + "=" + target,
        "-cp",
        System.getProperty("java.class.path"),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + JazzerTarget.class.getName(),
        "--instrumentation_includes=org.bitloom.**"
            + File.pathSeparator
            + "com.exceptionfactory.**",
        "--instrumentation_excludes=org.bitloom.testkit.**",
        "--reproducer_path=" + folder,
        "-runs=" + runs,
        "-seed=1",
        "-max_len=" + MAX_INPUT_BYTES,
        "-timeout=60",
        "-rss_limit_mb=0",
        "-artifact_prefix=" + folder + File.separator,
        corpus.toString());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
