package org.bitloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.images.choice.ImageSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data files under the names and in the folders in which people have them. */
class DataNamesTest {
  @TempDir private Path root;

  private final DataSets sets = new DataSets(new DataPlaces(Optional.empty(), List.of()));

  private DataSet load(Path folder) throws IOException {
    return load(folder.toString());
  }

  private DataSet load(String name) throws IOException {
    return new DataSets(new DataPlaces(Optional.empty(), List.of(root.resolve("cache"))))
        .load(name, Optional.empty());
  }

  /** Renames the small set, its gzipped files too. */
  private Path renamed(String train, String test, char before) throws IOException {
    Path folder = root.resolve("data");
    IdxBytes.writeSmallSet(folder);
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name =
            file.getFileName()
                .toString()
                .replace("train-", train)
                .replace("t10k-", test)
                .replaceFirst("-idx", before + "idx");
        Files.move(file, folder.resolve(name));
      }
    }
    return folder;
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @CsvSource({
    "train-, t10k-, -",
    "train-, t10k-, .",
    "train-, test-, -",
    "qmnist-train-, qmnist-test-, -",
    "my-set-train-, my-set-test-, -"
  })
  void namesThatOthersGiveAreUnderstood(String train, String test, char before) throws IOException {
    DataSet data = load(renamed(train, test, before));
    assertThat(data.train().labels()).containsExactly(0, 1, 2, 1);
    assertThat(data.test().labels()).containsExactly(2, 0);
    assertThat(data.train().pixels()).startsWith(0, 10, 20, 30);
  }

  @Test
  void imagesOfEmnistAreTurnedUpright() throws IOException {
    Path folder = renamed("emnist-letters-train-", "emnist-letters-test-", '-');
    List<String> notices = new ArrayList<>();
    DataSet data =
        sets.withImages(ImageSettings.STRICT, notices::add)
            .load(folder.toString(), Optional.empty());
    assertThat(data.train().height()).isEqualTo(3);
    assertThat(data.train().width()).isEqualTo(2);
    assertThat(data.train().pixels()).startsWith(0, 30, 10, 40, 20, 50);
    assertThat(notices).singleElement().asString().startsWith("EMNIST stores images mirrored");
  }

  @Test
  void aFileInAFolderOfItsOwnNameIsFound() throws IOException {
    Path folder = root.resolve("data");
    IdxBytes.writeSmallSet(folder);
    Path file = folder.resolve("train-images-idx3-ubyte");
    Path moved = Files.move(file, root.resolve("moved"));
    Files.createDirectory(file);
    Files.move(moved, file.resolve("train-images-idx3-ubyte"));
    assertThat(load(folder).train().count()).isEqualTo(4);
  }

  @Test
  void gzippedFilesUnderPlainNamesAndPlainOnesUnderGzAreRead() throws IOException {
    Path folder = root.resolve("data");
    IdxBytes.writeSmallSet(folder);
    Files.move(
        folder.resolve("t10k-images-idx3-ubyte.gz"), folder.resolve("t10k-images-idx3-ubyte"));
    Files.move(
        folder.resolve("train-images-idx3-ubyte"), folder.resolve("train-images-idx3-ubyte.gz"));
    DataSet data = load(folder);
    assertThat(data.train().pixels()).startsWith(0, 10, 20);
    assertThat(data.test().count()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"MNIST/raw", "FashionMNIST/raw", "KMNIST/raw", "raw"})
  void theFoldersOfTorchvisionAreLookedInto(String nested) throws IOException {
    IdxBytes.writeSmallSet(root.resolve(nested));
    assertThat(load(root).train().count()).isEqualTo(4);
    DataPlaces places = new DataPlaces(Optional.empty(), List.of());
    boolean mnist = nested.startsWith("MNIST");
    assertThat(places.find(KnownSet.MNIST, Optional.of(root)).isPresent()).isEqualTo(mnist);
  }

  @Test
  void twoSetsInOneFolderAreNotGuessedAbout() throws IOException {
    IdxBytes.writeSmallSet(root.resolve("MNIST/raw"));
    IdxBytes.writeSmallSet(root.resolve("KMNIST/raw"));
    assertThatThrownBy(() -> load(root))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("must hold one set, found")
        .hasMessageContaining("KMNIST/raw");
    Path folder = renamed("a-train-", "b-test-", '-');
    assertThatThrownBy(() -> load(folder)).hasMessageContaining("found a, b in");
  }

  @Test
  void missingFilesOfANamedSetAreNamedAsThatSetNamesThem() throws IOException {
    Path folder = renamed("qmnist-train-", "qmnist-test-", '-');
    Files.delete(folder.resolve("qmnist-test-labels-idx1-ubyte.gz"));
    assertThatThrownBy(() -> load(folder))
        .isInstanceOf(FailureException.class)
        .hasMessageEndingWith("missing qmnist-test-labels-idx1-ubyte");
  }

  /** Writes CIFAR-100 whose records count through both labels; the pixels are zeros. */
  private Path cifar100() throws IOException {
    Path folder = Files.createDirectories(root.resolve("cifar-100-binary"));
    int[] records = {50_000, 10_000};
    for (int i = 0; i < 2; i++) {
      Path path = folder.resolve(i == 0 ? "train.bin" : "test.bin");
      ByteBuffer all = ByteBuffer.allocate(records[i] * 3074);
      for (int record = 0; record < records[i]; record++) {
        all.put(record * 3074, (byte) (record % 20)).put(record * 3074 + 1, (byte) (record % 100));
      }
      Files.write(path, all.array());
    }
    return folder;
  }

  @Test
  void cifar100IsReadByItsFineOrItsCoarseLabels() throws IOException {
    Path folder = cifar100();
    DataSet fine = load(root);
    assertThat(fine.classNames()).hasSize(100).startsWith("apple").endsWith("worm").isSorted();
    assertThat(fine.train().labels()[123]).isEqualTo((byte) 23);
    assertThat(fine.test().count()).isEqualTo(10_000);
    DataSet coarse = load(folder + ":coarse");
    assertThat(coarse.classNames()).hasSize(20).contains("trees").isSorted();
    assertThat(coarse.train().labels()[123]).isEqualTo((byte) 3);
    assertThat(coarse.sha256()).isEqualTo(fine.sha256());
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("test.bin").toFile(), "rw")) {
      file.write(20);
    }
    assertThatThrownBy(() -> load(folder + ":fine"))
        .hasMessageEndingWith("test.bin: label at byte 0 must be 0..19, found 20");
  }

  @Test
  void coarseLabelsOfOtherSetsAreRefused() throws IOException {
    IdxBytes.writeSmallSet(root);
    assertThatThrownBy(() -> load(root + ":coarse"))
        .isInstanceOf(UsageException.class)
        .hasMessage(":coarse and :fine choose labels of CIFAR-100, found idx files");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "data_batch_1, CIFAR-10 for Python, ./bitloom data fetch cifar10",
    "cifar-10-batches-py, CIFAR-10 for Python, ./bitloom data fetch cifar10",
    "cifar-100-python, CIFAR-100 for Python, cifar-100-binary.tar.gz",
    "data_batch_1.mat, files for MATLAB, take the binary version",
    "cifar-10-binary.tar.gz, an archive, unpack it",
    "mnist_train.csv, tables (CSV), save the images",
    "mnist.npz, arrays of Python, save the images",
    "train-00000-of-00001.parquet, a data base of images, save the images"
  })
  void otherPackagesOfASetAreNamedWithWhatToTakeInstead(String name, String what, String hint)
      throws IOException {
    Files.createFile(root.resolve(name));
    assertThatThrownBy(() -> load(root))
        .isInstanceOfSatisfying(UsageException.class, e -> assertThat(e.hint()).contains(hint))
        .hasMessageContaining("found none in " + root + " but " + what)
        .hasMessageContaining(name);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "train-images-idx3-ubyte, an idx file, name the folder of the data files",
    "t10k-images-idx3-ubyte.gz, a gzip file, name the folder of the data files"
  })
  void aFileWhereAFolderIsWantedIsNamed(String name, String kind, String hint) throws IOException {
    IdxBytes.writeSmallSet(root);
    assertThatThrownBy(() -> load(root.resolve(name)))
        .isInstanceOfSatisfying(UsageException.class, e -> assertThat(e.hint()).startsWith(hint))
        .hasMessageEndingWith(name + "', " + kind);
  }

  @Test
  void whatElseLiesThereIsNamed() throws IOException {
    for (String name : List.of("a", "b", "c", "d", "e", "f")) {
      Files.createFile(root.resolve(name));
    }
    assertThatThrownBy(() -> load(root)).hasMessageEndingWith(root + " but a, b, c, d, e, ...");
  }
}
