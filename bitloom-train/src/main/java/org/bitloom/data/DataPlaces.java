package org.bitloom.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
   * @param layout what they are
   * @param files in the order of the layout
   * @param missing names of those that are not there; loading such a set is an error
   */
  record Found(String place, FileLayout layout, List<DataFile> files, List<String> missing) {
    /** Returns itself if no file is missing. */
    Found complete() {
      if (missing.isEmpty()) {
        return this;
      }
      throw new FailureException(
          "data folder "
              + place
              + " must hold all "
              + layout.files().size()
              + " "
              + layout.title()
              + ", missing "
              + String.join(", ", missing),
          "add the missing files (.gz or not)");
    }
  }

  /** Looks into {@code dataDir} only if it is given, else into all places. */
  Optional<Found> find(KnownSet set, Optional<Path> dataDir) {
    for (Path folder : roots(set, dataDir)) {
      Optional<Found> found = findIn(folder, set);
      if (found.isPresent()) {
        return found;
      }
    }
    return dataDir.isPresent() ? Optional.empty() : bundled(set);
  }

  /** Does as {@link #find}, and refuses a set that is absent or incomplete. */
  Found require(KnownSet set, Optional<Path> dataDir) {
    return find(set, dataDir).orElseThrow(() -> absent(set, dataDir, Optional.empty())).complete();
  }

  /**
   * Looks into a single folder for a set, as its files or as its archive unpacks; a complete set
   * wins over some files of it.
   */
  static Optional<Found> findIn(Path folder, KnownSet set) {
    List<Found> found =
        withUnpacked(folder, set).flatMap(at -> in(at, set.layout()).stream()).toList();
    return found.stream()
        .filter(files -> files.missing().isEmpty())
        .findFirst()
        .or(() -> found.stream().findFirst());
  }

  /** Returns the folder of what bitloom keeps for later. */
  Path cache() {
    return owned.get(owned.size() - 1);
  }

  /** Returns the folder in the cache that a set is downloaded to. */
  Path cache(KnownSet set) {
    return cache().resolve(set.label());
  }

  /** Names the folders searched in vain, and why the download did not help either, if tried. */
  FailureException absent(
      KnownSet set, Optional<Path> dataDir, Optional<FailureException> download) {
    String folders =
        candidates(set, dataDir).stream().map(Path::toString).collect(Collectors.joining(", "));
    FailureException absent =
        new FailureException(
            "data set "
                + set.label()
                + " must lie in one of the folders searched, found it in none of "
                + folders
                + download.map(failure -> ", nor by download: " + failure.getMessage()).orElse(""),
            "put its "
                + set.layout().title()
                + " (gzipped or not) into one of them, or name their folder with --data-dir"
                + (dataDir.isPresent() ? "" : ", or run ./bitloom data fetch " + set.label())
                + (download.isPresent() ? " when its publisher can be reached" : ""));
    download.ifPresent(absent::initCause);
    return absent;
  }

  /**
   * Finds the files of any layout in a folder that the user named.
   *
   * @throws UsageException if there are none
   */
  static Found folder(String name) {
    Path folder = Path.of(name);
    return anyIn(folder)
        .orElseThrow(
            () ->
                new UsageException(
                    "data folder must hold train/CLASS and test/CLASS with .png or .jpg images, or "
                        + Arrays.stream(FileLayout.values())
                            .map(layout -> String.join(", ", layout.files()))
                            .collect(Collectors.joining(", or "))
                        + " (.gz or not), found none in "
                        + folder,
                    "name the folder of the files, or one of the data sets " + KnownSet.names()))
        .complete();
  }

  /** Looks for files of any layout; some of them are enough. */
  static Optional<Found> anyIn(Path folder) {
    return Arrays.stream(FileLayout.values())
        .flatMap(layout -> in(folder, layout).stream())
        .findFirst();
  }

  private List<Path> candidates(KnownSet set, Optional<Path> dataDir) {
    return roots(set, dataDir).stream().flatMap(folder -> withUnpacked(folder, set)).toList();
  }

  private List<Path> roots(KnownSet set, Optional<Path> dataDir) {
    List<Path> folders = new ArrayList<>();
    dataDir
        .or(() -> environment)
        .ifPresent(root -> folders.addAll(List.of(root.resolve(set.label()), root)));
    if (dataDir.isEmpty()) {
      owned.forEach(root -> folders.add(root.resolve(set.label())));
    }
    return folders;
  }

  /** Adds the folder that a set's archive unpacks to. */
  private static Stream<Path> withUnpacked(Path folder, KnownSet set) {
    return set.layout() == FileLayout.CIFAR
        ? Stream.of(folder, folder.resolve(Publishers.CIFAR_FOLDER))
        : Stream.of(folder);
  }

  /** A folder that holds some of the files ends the search: to go on would hide them. */
  private static Optional<Found> in(Path folder, FileLayout layout) {
    List<DataFile> files = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : layout.files()) {
      DataFile.in(folder, name).ifPresentOrElse(files::add, () -> missing.add(name));
    }
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(folder.toString(), layout, files, missing));
  }

  private static Optional<Found> bundled(KnownSet set) {
    List<DataFile> files =
        set.layout().files().stream()
            .flatMap(name -> DataFile.bundled(set.label(), name).stream())
            .toList();
    return files.size() == set.layout().files().size()
        ? Optional.of(new Found("bundled", set.layout(), files, List.of()))
        : Optional.empty();
  }
}
