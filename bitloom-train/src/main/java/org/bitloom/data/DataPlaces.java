package org.bitloom.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;

/**
 * The folders in which data sets are looked for.
 *
 * @param environment value of {@code BITLOOM_DATA}; holds the files or a folder per set
 * @param owned folders that hold a folder per set: system folders, then the cache
 */
record DataPlaces(Optional<Path> environment, List<Path> owned) {
  DataPlaces {
    owned = List.copyOf(owned);
  }

  /** Reads the variables BITLOOM_DATA and XDG_CACHE_HOME. */
  static DataPlaces of(Map<String, String> variables, Path home) {
    Optional<Path> environment = variable(variables, "BITLOOM_DATA");
    Path cache = variable(variables, "XDG_CACHE_HOME").orElse(home.resolve(".cache"));
    Path system = Path.of("/usr/share/datasets");
    return new DataPlaces(environment, List.of(system, cache.resolve("bitloom")));
  }

  private static Optional<Path> variable(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(text -> !text.isBlank()).map(Path::of);
  }

  /**
   * Files of a data set that were found.
   *
   * @param place folder they lie in, or {@code bundled}
   * @param files in the order of {@link KnownSet#FILES}
   */
  record Found(String place, List<DataFile> files) {}

  /** Looks into {@code dataDir} only if it is given, else into all places. */
  Optional<Found> find(KnownSet set, Optional<Path> dataDir) {
    for (Path folder : candidates(set, dataDir)) {
      Optional<Found> found = in(folder);
      if (found.isPresent()) {
        return found;
      }
    }
    return dataDir.isPresent() ? Optional.empty() : bundled(set);
  }

  /** Does as {@link #find}, and names the folders searched if there is nothing. */
  Found require(KnownSet set, Optional<Path> dataDir) {
    return find(set, dataDir)
        .orElseThrow(
            () ->
                new FailureException(
                    "data set "
                        + set.label()
                        + " must lie in one of the folders searched, found it in none of "
                        + candidates(set, dataDir).stream()
                            .map(Path::toString)
                            .collect(Collectors.joining(", ")),
                    "put its four idx files (gzipped or not) into one of them, or name their"
                        + " folder with --data-dir"));
  }

  /** Finds the four files in a folder that the user named. */
  static Found folder(String name) {
    Path folder = Path.of(name);
    return in(folder)
        .orElseThrow(
            () ->
                new UsageException(
                    "data folder must hold "
                        + String.join(", ", KnownSet.FILES)
                        + " (.gz or not), found none in "
                        + folder,
                    "name the folder of the idx files, or one of the data sets "
                        + KnownSet.names()));
  }

  private List<Path> candidates(KnownSet set, Optional<Path> dataDir) {
    List<Path> folders = new ArrayList<>();
    dataDir.or(() -> environment).ifPresent(root -> addBothLayouts(folders, root, set));
    if (dataDir.isEmpty()) {
      owned.forEach(root -> folders.add(root.resolve(set.label())));
    }
    return folders;
  }

  private static void addBothLayouts(List<Path> folders, Path root, KnownSet set) {
    folders.add(root.resolve(set.label()));
    folders.add(root);
  }

  /** A folder that holds some of the files but not all is an error, not a reason to go on. */
  private static Optional<Found> in(Path folder) {
    List<DataFile> files = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : KnownSet.FILES) {
      DataFile.in(folder, name).ifPresentOrElse(files::add, () -> missing.add(name));
    }
    if (files.isEmpty()) {
      return Optional.empty();
    }
    if (!missing.isEmpty()) {
      throw new FailureException(
          "data folder "
              + folder
              + " must hold all four idx files, missing "
              + String.join(", ", missing),
          "add the missing files (.gz or not)");
    }
    return Optional.of(new Found(folder.toString(), files));
  }

  private static Optional<Found> bundled(KnownSet set) {
    List<DataFile> files =
        KnownSet.FILES.stream()
            .flatMap(name -> DataFile.bundled(set.label(), name).stream())
            .toList();
    return files.size() == KnownSet.FILES.size()
        ? Optional.of(new Found("bundled", files))
        : Optional.empty();
  }
}
