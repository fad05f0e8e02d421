package org.bitloom.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.bitloom.cli.Main;

/** Folders to look at: a small run and a small sweep, trained once, and what is made of them. */
final class Folders {
  static final String HOSTILE_RUN = "<svg onload=" + HostileData.CALL + ">";

  private static final Map<String, Path> MADE = new ConcurrentHashMap<>();

  private Folders() {}

  /** Returns a run of three epochs over 200 images. */
  static Path run() {
    return made("a-run", "train --limit 200 --epochs 3");
  }

  /** Returns a run that trained other bits of as many. */
  static Path otherRun() {
    return made("another-run", "train --mask top1 --seed 2 --limit 200 --epochs 2");
  }

  /** Returns a run over data in which every name is a script, as is its own. */
  static Path hostileRun() throws IOException {
    Path folder = Path.of("target", "folders", HOSTILE_RUN).toAbsolutePath();
    Path data = HostileData.write(folder.resolveSibling("<b>data").toAbsolutePath());
    return MADE.computeIfAbsent(
        HOSTILE_RUN,
        unused -> {
          delete(folder);
          String[] line = "train --epochs 2 --batch 6 --out OUT --data DATA".split(" ");
          line[6] = folder.toString();
          line[8] = data.toString();
          command(line);
          return folder;
        });
  }

  /** Returns a sweep of two masks and the floats, two seeds each. */
  static Path sweep() {
    return made("a-sweep", "sweep --masks top1,top3 --float --seeds 1..2 --limit 200 --epochs 2");
  }

  /** Runs a command, the first time in this JVM, for the folder that it fills. */
  private static Path made(String name, String words) {
    return MADE.computeIfAbsent(
        name,
        unused -> {
          Path folder = Path.of("target", "folders", name).toAbsolutePath();
          delete(folder);
          command((words + " --out " + folder).split(" "));
          return folder;
        });
  }

  /** Returns a folder with nothing in it. */
  static Path empty(String name) throws IOException {
    Path folder = Path.of("target", "folders", name).toAbsolutePath();
    delete(folder);
    return Files.createDirectories(folder);
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the report on some folders and returns the page. */
  static Path report(Path page, Path... subjects) {
    List<String> line = new ArrayList<>(List.of("report", "--overwrite", "-o", page.toString()));
    Stream.of(subjects).map(Path::toString).forEach(line::add);
    command(line.toArray(String[]::new));
    return page;
  }

  /** Copies the small run, but for its checkpoint. */
  static Path copyOfRun(Path folder) throws IOException {
    Path run = run();
    Files.createDirectories(folder);
    for (String file : List.of("config.json", "metrics.jsonl", "model.safetensors")) {
      Files.copy(run.resolve(file), folder.resolve(file));
    }
    return folder;
  }

  /** Copies the small run with other lines of metrics, each as JSON. */
  static Path runWith(Path folder, List<String> metrics) throws IOException {
    copyOfRun(folder);
    Files.write(folder.resolve("metrics.jsonl"), metrics);
    return folder;
  }

  /** Returns the lines of metrics of the small run. */
  static List<String> metrics() {
    try {
      return Files.readAllLines(run().resolve("metrics.jsonl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the lines of a run of so many epochs: those of the small one, again and again. */
  static List<String> metrics(int epochs) {
    List<String> lines = metrics();
    List<String> many = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      String line = lines.get((epoch - 1) % lines.size());
      many.add(line.replaceFirst("\"epoch\":\\d+", "\"epoch\":" + epoch));
    }
    return many;
  }

  /** Runs a command in this JVM, which must succeed, and returns what it printed. */
  static String command(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode;
    try (PrintStream stdout = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream stderr = new PrintStream(err, false, StandardCharsets.UTF_8)) {
      exitCode = Main.run(words, stdout, stderr);
    }
    assertThat(exitCode)
        .as("exit code of %s: %s", List.of(words), err.toString(StandardCharsets.UTF_8))
        .isZero();
    return out.toString(StandardCharsets.UTF_8);
  }
}
