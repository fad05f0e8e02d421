package org.bitloom.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the Python readers that stand in docs/format.md and docs/packed.md. */
public final class PythonReader {
  private static final Path DOCS = Path.of(System.getProperty("bitloom.root", "."), "docs");

  private PythonReader() {}

  /** Returns the only block of docs/format.md in {@code language}. */
  public static String block(String language) throws IOException {
    return block("format.md", language);
  }

  /** Returns the only block of a page in {@code language}. */
  public static String block(String page, String language) throws IOException {
    Pattern fence = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$");
    Matcher blocks = fence.matcher(Files.readString(DOCS.resolve(page)));
    List<String> found = new ArrayList<>();
    while (blocks.find()) {
      found.add(blocks.group(1));
    }
    if (found.size() != 1) {
      throw new IOException(page + " must have one block of " + language + ", has " + found.size());
    }
    return found.get(0);
  }

  /** Returns why the reader cannot run on this machine; empty = it can. */
  public static Optional<String> problem(Path scratch) throws InterruptedException {
    String found;
    try {
      found = run(scratch, "python3", "-c", "import numpy");
    } catch (IOException e) {
      found = e.getMessage();
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of("docs/format.md is checked with python3 and numpy: " + found);
  }

  /**
   * Measures a model on test samples.
   *
   * @param data folder of the samples
   * @param scratch folder for the script and its output
   * @return what was printed on both streams, with {@code exit N} in front if it failed
   */
  public static String measure(Path model, Path data, Path scratch)
      throws IOException, InterruptedException {
    return measure(model, data, scratch, "outer");
  }

  /** Measures the network that is nested in a model, otherwise as {@link #measure}. */
  public static String measureInner(Path model, Path data, Path scratch)
      throws IOException, InterruptedException {
    return measure(model, data, scratch, "inner");
  }

  /**
   * Runs a program that imports the readers as {@code reader} and {@code packed}; otherwise as
   * {@link #measure}.
   */
  public static String run(String program, Path scratch) throws IOException, InterruptedException {
    script(scratch);
    Files.writeString(scratch.resolve("packed.py"), block("packed.md", "python"));
    Path path = scratch.resolve("program.py");
    Files.writeString(path, program);
    return run(scratch, "python3", path.toString());
  }

  private static Path script(Path scratch) throws IOException {
    Path script = scratch.resolve("reader.py");
    return Files.writeString(script, block("python"));
  }

  private static String measure(Path model, Path data, Path scratch, String which)
      throws IOException, InterruptedException {
    Path script = script(scratch);
    return run(scratch, "python3", script.toString(), model.toString(), data.toString(), which);
  }

  private static String run(Path scratch, String... command)
      throws IOException, InterruptedException {
    Path output = scratch.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return "no end after 120 s";
    }
    String text = Files.readString(output).strip();
    return process.exitValue() == 0 ? text : "exit " + process.exitValue() + " " + text;
  }
}
