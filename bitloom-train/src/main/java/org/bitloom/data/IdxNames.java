package org.bitloom.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bitloom.error.UsageException;

/**
 * Finds idx files under the names that their publishers and others give them: {@code
 * train-images-idx3-ubyte}, {@code train-images.idx3-ubyte}, {@code
 * emnist-letters-train-images-idx3-ubyte}, {@code qmnist-test-labels-idx2-int}; each perhaps
 * gzipped, or in a folder of its own name.
 */
final class IdxNames {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:([A-Za-z0-9_-]+)-)?(train|t10k|test)-(images|labels)([-.])"
              + "(idx3-ubyte|idx1-ubyte|idx2-int)(\\.gz)?");

  private static final int FILES = 4;
  private static final String TRANSPOSED = "emnist";

  private IdxNames() {}

  /** A file and how well its name fits; the least rank is taken. */
  private record Candidate(DataFile file, int rank) {}

  /** The files of one set, by their place in {@link FileLayout#files}. */
  private static final class SetFiles {
    private final Candidate[] best = new Candidate[FILES];

    void add(int place, Candidate candidate) {
      if (best[place] == null || candidate.rank() < best[place].rank()) {
        best[place] = candidate;
      }
    }

    DataPlaces.Found found(Path folder, String set) {
      List<DataFile> files = new ArrayList<>();
      List<String> missing = new ArrayList<>();
      for (int place = 0; place < FILES; place++) {
        if (best[place] == null) {
          String usual = FileLayout.IDX.files().get(place);
          missing.add(set.isEmpty() ? usual : set + "-" + usual.replace("t10k", "test"));
        } else {
          files.add(best[place].file());
        }
      }
      FileLayout layout = set.startsWith(TRANSPOSED) ? FileLayout.EMNIST : FileLayout.IDX;
      return new DataPlaces.Found(folder.toString(), layout, files, missing);
    }
  }

  /** Finds the files without the name of a set before them. */
  static Optional<DataPlaces.Found> plain(Path folder) {
    return Optional.ofNullable(sets(folder).get("")).map(files -> files.found(folder, ""));
  }

  /**
   * Finds the files of a set whatever name they have before them.
   *
   * @throws UsageException if there are those of several
   */
  static Optional<DataPlaces.Found> any(Path folder) {
    Map<String, SetFiles> sets = sets(folder);
    if (sets.containsKey("") || sets.isEmpty()) {
      return Optional.ofNullable(sets.get("")).map(files -> files.found(folder, ""));
    }
    if (sets.size() > 1) {
      throw new UsageException(
          "data folder must hold one set, found "
              + String.join(", ", sets.keySet())
              + " in "
              + folder,
          "put the files of each into a folder of its own");
    }
    String set = sets.keySet().iterator().next();
    return Optional.of(sets.get(set).found(folder, set));
  }

  private static Map<String, SetFiles> sets(Path folder) {
    Map<String, SetFiles> sets = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return sets;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      entries.sorted().forEach(entry -> add(sets, entry));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sets;
  }

  private static void add(Map<String, SetFiles> sets, Path entry) {
    String name = entry.getFileName().toString();
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return;
    }
    boolean images = matcher.group(3).equals("images");
    if (images != matcher.group(5).equals("idx3-ubyte")) {
      return;
    }
    Path file = Files.isDirectory(entry) ? entry.resolve(name) : entry;
    if (!Files.isRegularFile(file)) {
      return;
    }
    int rank = matcher.group(6) == null ? 0 : 1;
    rank += matcher.group(4).equals("-") ? 0 : 2;
    rank += matcher.group(2).equals("test") ? 4 : 0;
    rank += file.equals(entry) ? 0 : 8;
    int place = (matcher.group(2).equals("train") ? 0 : 2) + (images ? 0 : 1);
    String set = matcher.group(1) == null ? "" : matcher.group(1);
    sets.computeIfAbsent(set, none -> new SetFiles())
        .add(place, new Candidate(DataFile.at(file), rank));
  }
}
