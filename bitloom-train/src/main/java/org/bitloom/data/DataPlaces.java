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
  /**
   * Folders that torchvision, and the archives of the CIFAR sets, make in the one that is named.
   */
  private static final List<String> NESTED =
      List.of(
          "raw",
          "MNIST/raw",
          "FashionMNIST/raw",
          "KMNIST/raw",
          "EMNIST/raw",
          "QMNIST/raw",
          Publishers.CIFAR_FOLDER,
          "cifar-100-binary");

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
        Stream.concat(withUnpacked(folder, set), withTorchvision(folder, set))
            .flatMap(at -> set.layout().in(at).stream())
            .toList();
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
   * Finds the files of any layout in a folder that the user named, or in one that archives and
   * other programs make in it.
   *
   * @throws UsageException if there are none, or those of several sets
   */
  static Found folder(String name) {
    Path folder = LabelChoice.of(name).folder();
    return anyIn(folder).orElseThrow(() -> none(folder)).complete();
  }

  private static UsageException none(Path folder) {
    FolderContent content = FolderContent.of(folder);
    return new UsageException(
        "data folder must hold train/CLASS and test/CLASS with .png or .jpg images, or "
            + Arrays.stream(FileLayout.values())
                .filter(layout -> layout != FileLayout.EMNIST)
                .map(layout -> String.join(", ", layout.files()))
                .collect(Collectors.joining(", or "))
            + " (.gz or not), found none in "
            + folder
            + (content.found().isEmpty() ? "" : " but " + content.found()),
        content.hintOr(
            "name the folder of the files, or one of the data sets " + KnownSet.names()));
  }

  /** Looks for files of any layout; some of them are enough. */
  static Optional<Found> anyIn(Path folder) {
    Optional<Found> here = directlyIn(folder);
    if (here.isPresent()) {
      return here;
    }
    List<Found> nested =
        NESTED.stream().flatMap(name -> directlyIn(folder.resolve(name)).stream()).toList();
    if (nested.size() > 1) {
      throw new UsageException(
          "data folder must hold one set, found "
              + nested.stream().map(Found::place).collect(Collectors.joining(", ")),
          "name one of these folders");
    }
    return nested.stream().findFirst();
  }

  private static Optional<Found> directlyIn(Path folder) {
    return IdxNames.any(folder)
        .or(() -> FileLayout.CIFAR.in(folder))
        .or(() -> FileLayout.CIFAR100.in(folder));
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

  /** Adds where torchvision puts the files of a set. */
  private static Stream<Path> withTorchvision(Path folder, KnownSet set) {
    return switch (set) {
      case MNIST -> Stream.of(folder.resolve("MNIST/raw"));
      case FASHION_MNIST -> Stream.of(folder.resolve("FashionMNIST/raw"));
      case CIFAR10 -> Stream.empty();
    };
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
