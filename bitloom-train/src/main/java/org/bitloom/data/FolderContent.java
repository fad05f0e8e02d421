package org.bitloom.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is in a folder in which no data set was found, for people who took another package of it.
 *
 * @param found in words; empty if there is nothing to say
 * @param hint what to do, one line
 */
record FolderContent(String found, String hint) {
  private static final int MOST_NAMES = 1000;
  private static final int SHOWN = 5;
  private static final String UNPACK = "unpack it and name the folder that comes out";
  private static final String CONVERT =
      "save the images as PNG files in train/CLASS and test/CLASS, or as idx files";

  /** One kind of thing that people have in place of what is wanted. */
  private record Other(Predicate<String> isPart, String what, String hint) {
    FolderContent content(List<String> names, Predicate<String> part) {
      return new FolderContent(
          what + " (" + shown(names.stream().filter(part).toList()) + ")", hint);
    }
  }

  private static final List<Other> OTHERS =
      List.of(
          new Other(
              name -> name.matches("data_batch_[1-5]|cifar-10-batches-py|cifar-10-python.*"),
              "CIFAR-10 for Python, pickles that may run code",
              "take the binary version: ./bitloom data fetch cifar10"),
          new Other(
              name -> name.matches("cifar-100-python.*"),
              "CIFAR-100 for Python, pickles that may run code",
              "take the binary version, cifar-100-binary.tar.gz, and name its folder"),
          new Other(
              name -> name.matches("(?i).*\\.mat"),
              "files for MATLAB",
              "take the binary version of the set, or " + CONVERT),
          new Other(
              name -> name.matches("(?i).*\\.(tar|tgz|tar\\.[a-z0-9]+|zip|7z|rar)"),
              "an archive",
              UNPACK),
          new Other(name -> name.matches("(?i).*\\.csv(\\.gz)?"), "tables (CSV)", CONVERT),
          new Other(
              name -> name.matches("(?i).*\\.(npz|npy|pkl|pickle|pt|pth|h5|hdf5)"),
              "arrays of Python",
              CONVERT),
          new Other(
              name -> name.matches("(?i).*\\.(parquet|arrow|tfrecord.*|mdb|lmdb)"),
              "a data base of images",
              CONVERT));

  /** Looks at the names in a folder. */
  static FolderContent of(Path folder) {
    List<String> names = names(folder);
    if (isPythonOfCifar100(names)) {
      return OTHERS.get(1).content(names, name -> name.matches("train|test|meta"));
    }
    for (Other other : OTHERS) {
      if (names.stream().anyMatch(other.isPart())) {
        return other.content(names, other.isPart());
      }
    }
    return new FolderContent(names.isEmpty() ? "" : shown(names), "");
  }

  /** Three pickles without an ending; folders of images have such names too. */
  private static boolean isPythonOfCifar100(List<String> names) {
    return names.containsAll(List.of("train", "test", "meta"));
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .limit(MOST_NAMES)
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String shown(List<String> names) {
    List<String> first = new ArrayList<>(names.subList(0, Math.min(SHOWN, names.size())));
    if (names.size() > SHOWN) {
      first.add("...");
    }
    return String.join(", ", first);
  }

  /** Returns what to do, or {@code otherwise} if nothing is known. */
  String hintOr(String otherwise) {
    return Optional.of(hint).filter(text -> !text.isEmpty()).orElse(otherwise);
  }
}
