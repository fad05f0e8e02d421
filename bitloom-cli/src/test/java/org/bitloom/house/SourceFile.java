package org.bitloom.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One Java source of one of our modules.
 *
 * @param path relative to the root folder: {@code bitloom-core/src/main/java/org/...}
 * @param lines its text
 */
record SourceFile(Path path, List<String> lines) {
  /** The root folder of the project, handed over by the build. */
  static final Path ROOT = Path.of(System.getProperty("bitloom.root", "missing -Dbitloom.root"));

  SourceFile {
    lines = List.copyOf(lines);
  }

  /** Reads all sources of a kind, {@code main} or {@code test}, of all modules, in path order. */
  static List<SourceFile> allOf(String kind) {
    List<SourceFile> sources = new ArrayList<>();
    for (Path module : modules()) {
      Path folder = module.resolve("src").resolve(kind).resolve("java");
      for (Path file : filesBelow(folder)) {
        if (file.toString().endsWith(".java")) {
          sources.add(new SourceFile(ROOT.relativize(file), read(file)));
        }
      }
    }
    return sources;
  }

  /** Reads the sources of both kinds. */
  static List<SourceFile> all() {
    return Stream.concat(allOf("main").stream(), allOf("test").stream()).toList();
  }

  private static List<Path> modules() {
    try (Stream<Path> entries = Files.list(ROOT)) {
      return entries.filter(entry -> Files.exists(entry.resolve("pom.xml"))).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("bitloom.root must be the project's folder, got " + ROOT, e);
    }
  }

  /** Returns the files below a folder in path order; none if there is no such folder. */
  static List<Path> filesBelow(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a text file, one string per line. */
  static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " must be readable UTF-8 text", e);
    }
  }

  /** Returns the module's folder name: {@code bitloom-core}. */
  String module() {
    return path.getName(0).toString();
  }

  /** Returns the package named by the folder: {@code org.bitloom.bits}. */
  String packageName() {
    Path folder = path.subpath(4, path.getNameCount() - 1); // module/src/kind/java/...
    return folder.toString().replace(path.getFileSystem().getSeparator(), ".");
  }

  boolean isPackageInfo() {
    return path.endsWith("package-info.java");
  }

  /** Returns the whole text. */
  String text() {
    return String.join("\n", lines);
  }
}
