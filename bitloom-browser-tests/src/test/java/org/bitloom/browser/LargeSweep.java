package org.bitloom.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The folder of a sweep of many runs, made of the lines and runs of a small one. */
final class LargeSweep {
  private static final HexFormat HEX = HexFormat.of();

  private LargeSweep() {}

  /**
   * Writes a sweep of so many runs, each with a folder of so many epochs. Models are links to the
   * small one's.
   */
  static Path write(Path folder, int runs, int epochs) throws IOException {
    Path small = Folders.sweep();
    List<String> lines = Files.readAllLines(small.resolve("results.jsonl"));
    List<String> metrics = Folders.metrics(epochs);
    List<String> many = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      String line = lines.get(i % lines.size());
      String id = line.replaceFirst(".*?\"run\":\"([^\"]+)\".*", "$1");
      int seed = 1 + i / lines.size();
      String other = id.replaceFirst("seed\\d+-.*", "seed" + seed + "-") + HEX.toHexDigits(i);
      many.add(line.replace(id, other).replaceFirst("\"seed\":\\d+", "\"seed\":" + seed));
      write(small.resolve("runs").resolve(id), folder.resolve("runs").resolve(other), metrics);
    }
    Files.write(folder.resolve("results.jsonl"), many);
    Files.copy(small.resolve("sweep.json"), folder.resolve("sweep.json"));
    Files.createFile(folder.resolve(".lock"));
    return folder;
  }

  private static void write(Path run, Path copy, List<String> metrics) throws IOException {
    Files.createDirectories(copy);
    Files.createLink(copy.resolve("config.json"), run.resolve("config.json"));
    Files.createLink(copy.resolve("model.safetensors"), run.resolve("model.safetensors"));
    Files.write(copy.resolve("metrics.jsonl"), metrics);
  }
}
