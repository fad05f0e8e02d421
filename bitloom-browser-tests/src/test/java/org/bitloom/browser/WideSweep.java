package org.bitloom.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder of a sweep in which almost every setting varies, made of the lines of a small one. */
final class WideSweep {
  private WideSweep() {}

  /** Writes a sweep whose runs have no folders, only lines of results. */
  static Path write(Path folder) throws IOException {
    Path small = Folders.sweep();
    List<String> lines = new ArrayList<>(Files.readAllLines(small.resolve("results.jsonl")));
    lines.removeIf(line -> !line.contains("\"rule\""));
    Files.write(folder.resolve("results.jsonl"), List.of(lines.get(0), other(lines.get(1))));
    Files.copy(small.resolve("sweep.json"), folder.resolve("sweep.json"));
    return folder;
  }

  private static String other(String line) {
    return line.replace("\"validation\":0.0", "\"validation\":0.25")
        .replace("\"batch\":64", "\"batch\":32")
        .replace("\"limit\":200", "\"limit\":300")
        .replace("\"augmentation\":\"none\"", "\"augmentation\":\"shift5+flip\"")
        .replace("\"schedule\":\"2x0.0009\"", "\"schedule\":\"15x0.0009,10x0.00009,5x0.000009\"")
        .replace("\"rule\":\"coupled\"", "\"rule\":\"independent\"")
        .replace("\"drift\":0.0", "\"drift\":0.0125");
  }
}
