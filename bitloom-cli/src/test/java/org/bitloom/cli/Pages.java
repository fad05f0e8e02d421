package org.bitloom.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The pages that tell how bitloom is used. */
public final class Pages {
  /** The root folder of the project, handed over by the build. */
  public static final Path ROOT =
      Path.of(System.getProperty("bitloom.root", "missing -Dbitloom.root"));

  private Pages() {}

  /** Returns README, the pages of docs without the decisions, and other pages for users. */
  public static List<Path> ofUse() {
    List<Path> pages = new ArrayList<>();
    pages.add(ROOT.resolve("README.md"));
    pages.add(ROOT.resolve("CONTRIBUTING.md"));
    pages.addAll(below("docs", 1));
    pages.addAll(below("examples", 9));
    return pages;
  }

  /** Returns those and the records of what was done and decided. */
  public static List<Path> all() {
    List<Path> pages = new ArrayList<>(ofUse());
    pages.add(ROOT.resolve("CHANGES.md"));
    pages.addAll(below("docs/decisions", 9));
    return pages;
  }

  private static List<Path> below(String folder, int depth) {
    try (Stream<Path> files = Files.walk(ROOT.resolve(folder), depth)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("bitloom.root must be the project's folder, got " + ROOT, e);
    }
  }

  /** Reads a page. */
  public static List<String> lines(Path page) {
    try {
      return Files.readAllLines(page);
    } catch (IOException e) {
      throw new UncheckedIOException(page + " must be readable UTF-8 text", e);
    }
  }

  /** Returns how a message names a page: {@code docs/use.md}. */
  public static String name(Path page) {
    return ROOT.relativize(page).toString();
  }
}
