package org.bitloom.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The ways in which a data set is stored as a fixed list of files. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are copies that nobody can change
enum FileLayout {
  /** Training images and labels, then test images and labels, as idx arrays. */
  IDX(
      "idx files",
      List.of(
          "train-images-idx3-ubyte",
          "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte",
          "t10k-labels-idx1-ubyte")),

  /** The same, with other names, and images mirrored along their diagonal. */
  EMNIST("idx files of EMNIST", IDX.files),

  /** CIFAR-100's binary version: a training file and a test file, each image with two labels. */
  CIFAR100("CIFAR-100 binary files", List.of("train.bin", "test.bin")),

  /** CIFAR-10's binary version: five training files and a test file. */
  CIFAR(
      "CIFAR-10 binary files",
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin",
          "test_batch.bin"));

  private final String title;
  private final List<String> files;

  FileLayout(String title, List<String> files) {
    this.title = title;
    this.files = List.copyOf(files);
  }

  /**
   * Looks for the files in a folder; some of them are enough, but of CIFAR-100's two, whose names
   * say little, both must be there.
   */
  Optional<DataPlaces.Found> in(Path folder) {
    if (this == IDX || this == EMNIST) {
      return IdxNames.plain(folder);
    }
    List<DataFile> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : files) {
      DataFile.in(folder, name).ifPresentOrElse(found::add, () -> missing.add(name));
    }
    return found.isEmpty() || (this == CIFAR100 && !missing.isEmpty())
        ? Optional.empty()
        : Optional.of(new DataPlaces.Found(folder.toString(), this, found, missing));
  }

  /** Returns what users call such files. */
  String title() {
    return title;
  }

  /** Returns the names of the files, unpacked; each may also lie there as {@code .gz}. */
  List<String> files() {
    return files;
  }

  /**
   * What was read from the files of a data set.
   *
   * @param data both parts
   * @param files the files in the order of {@link #files}, with their checksums
   */
  record Loaded(DataSet data, List<DataSets.VerifiedFile> files) {}

  /**
   * Reads the files strictly.
   *
   * @param name of the data set
   * @param sources in the order of {@link #files}
   * @param known the set it must be; empty = whatever the files hold
   */
  Loaded read(String name, List<DataFile> sources, Optional<KnownSet> known) throws IOException {
    return switch (this) {
      case IDX -> IdxSet.read(name, sources, known);
      case EMNIST -> IdxSet.readTransposed(name, sources);
      case CIFAR -> CifarSet.read(name, sources, CifarForm.TEN);
      case CIFAR100 -> CifarSet.read(name, sources, LabelChoice.of(name).form());
    };
  }

  /** Reads each file by its index, some at once: unpacking and checksums take most of the time. */
  static <T> List<T> readAll(int files, Reader<T> reader) throws IOException {
    try {
      return IntStream.range(0, files).parallel().mapToObj(i -> unchecked(reader, i)).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Reads one file of several. */
  interface Reader<T> {
    T read(int index) throws IOException;
  }

  private static <T> T unchecked(Reader<T> reader, int index) {
    try {
      return reader.read(index);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
