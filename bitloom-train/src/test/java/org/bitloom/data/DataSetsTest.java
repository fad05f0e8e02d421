package org.bitloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.images.PictureFolder;
import org.bitloom.images.choice.ImageSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataSetsTest {
  @TempDir private Path root;
  private DataSets sets;

  @BeforeEach
  void lookOnlyBelowTheTestFolder() {
    sets =
        new DataSets(
            new DataPlaces(
                Optional.of(root.resolve("variable")),
                List.of(root.resolve("system"), root.resolve("cache"))));
  }

  @Test
  void bundledMnistIsCompleteAndStartsWithTheFive() throws IOException {
    DataSet mnist = sets.load("mnist", Optional.empty());
    assertThat(mnist.train().count()).isEqualTo(60_000);
    assertThat(mnist.test().count()).isEqualTo(10_000);
    assertThat(mnist.train().imageSize()).isEqualTo(784);
    assertThat(mnist.train().classes()).isEqualTo(10);
    assertThat(mnist.train().labels()).startsWith(5, 0, 4, 1, 9);
    assertThat(mnist.test().labels()).startsWith(7, 2, 1, 0, 4);
    assertThat(mnist.classNames())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Test
  void aFolderOfIdxFilesIsReadAndItsClassesAreCounted() throws IOException {
    IdxBytes.writeSmallSet(root);
    DataSet small = sets.load(root.toString(), Optional.empty());
    assertThat(small.train().labels()).containsExactly(0, 1, 2, 1);
    assertThat(small.train().classes()).isEqualTo(3);
    assertThat(small.classNames()).containsExactly("0", "1", "2");
    assertThat(small.train().height()).isEqualTo(2);
    assertThat(small.train().width()).isEqualTo(3);
    assertThat(small.train().pixels()).startsWith(0, 10, 20);
    assertThat(small.test().count()).isEqualTo(2);
    assertThat(small.sha256())
        .isEqualTo("9c027295b4cd26f4fcf0543a6422c370e53d25368a977e775a2f0b5988ce745c");
  }

  @Test
  void anUnknownNameIsAUsageErrorThatListsTheKnownOnes() {
    assertThatThrownBy(() -> sets.load("imagenet", Optional.empty()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "data must be one of mnist, fashion-mnist, cifar10 or a folder of images or data"
                + " files, got 'imagenet'");
  }

  @Test
  void aFolderOfPicturesIsReadAndItsCacheLiesWhereDownloadsLie() throws IOException {
    PictureFolder pictures = PictureFolder.in(root);
    DataSets.Verified verified = sets.verify(pictures.root().toString(), Optional.empty());
    assertThat(verified.data().train().count()).isEqualTo(6);
    assertThat(verified.data().classNames()).containsExactly("cat", "dog");
    assertThat(verified.place()).isEqualTo(pictures.root().toString());
    assertThat(verified.files())
        .containsExactly(
            new DataSets.VerifiedFile(pictures.root().toString(), pictures.read().sha256()));
    assertThat(pictures.decoded()).as("cache is " + root.resolve("cache")).isFalse();
  }

  @Test
  void badPicturesAreLeftOutIfThatIsAskedForAndToldOf() throws IOException {
    PictureFolder pictures = PictureFolder.in(root);
    pictures.write("train/cat/1.png", new byte[0]);
    String name = pictures.root().toString();
    assertThatThrownBy(() -> sets.load(name, Optional.empty()))
        .isInstanceOf(FailureException.class);
    List<String> notices = new ArrayList<>();
    DataSet rest =
        sets.withImages(ImageSettings.STRICT.skipping(true), notices::add)
            .load(name, Optional.empty());
    assertThat(rest.train().count()).isEqualTo(5);
    assertThat(notices).last().asString().endsWith("1 of 10 bad: train/cat/1.png (empty file)");
  }

  @Test
  void everyKnownSetNamesItsClasses() {
    for (KnownSet set : KnownSet.values()) {
      assertThat(set.classNames()).as(set.label()).hasSize(10).doesNotHaveDuplicates();
    }
    assertThat(KnownSet.FASHION_MNIST.classNames())
        .startsWith("T-shirt/top", "Trouser")
        .endsWith("Ankle boot");
  }

  @Test
  void dataFilesComeBeforePictures() throws IOException {
    PictureFolder pictures = PictureFolder.in(root);
    IdxBytes.writeSmallSet(pictures.root());
    DataSet set = sets.load(pictures.root().toString(), Optional.empty());
    assertThat(set.train().classes()).isEqualTo(3);
  }

  @Test
  void aFolderWithoutDataIsToldAllLayouts() {
    assertThatThrownBy(() -> sets.load(root.toString(), Optional.empty()))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            "data folder must hold train/CLASS and test/CLASS with .png or .jpg images, or"
                + " train-images-idx3-ubyte, train-labels-idx1-ubyte")
        .hasMessageContaining("or data_batch_1.bin")
        .hasMessageEndingWith("found none in " + root);
  }

  @Test
  void anAbsentSetNamesEveryFolderSearched() {
    assertThatThrownBy(() -> sets.load("fashion-mnist", Optional.empty()))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining(root.resolve("variable/fashion-mnist").toString())
        .hasMessageContaining(root.resolve("variable").toString())
        .hasMessageContaining(root.resolve("system/fashion-mnist").toString())
        .hasMessageContaining(root.resolve("cache/fashion-mnist").toString());
  }

  @Test
  void aGivenDataFolderIsTheOnlyPlaceSearched() {
    Optional<Path> given = Optional.of(root.resolve("given"));
    assertThatThrownBy(() -> sets.load("mnist", given))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining(root.resolve("given/mnist").toString())
        .hasMessageNotContaining("system");
    assertThat(sets.list(given)).allMatch(listing -> listing.place().isEmpty());
  }

  @Test
  void placesAreSearchedInTheirOrder() throws IOException {
    for (String place : List.of("cache/mnist", "system/mnist", "variable", "variable/mnist")) {
      IdxBytes.writeSmallSet(root.resolve(place));
      assertThat(sets.list(Optional.empty()).get(0).place())
          .contains(root.resolve(place).toString());
    }
  }

  @Test
  void theListShowsTheBundledSetWithoutReadingIt() {
    assertThat(sets.list(Optional.empty()))
        .extracting(DataSets.Listing::name, DataSets.Listing::place)
        .containsExactly(
            tuple("mnist", Optional.of("bundled")),
            tuple("fashion-mnist", Optional.empty()),
            tuple("cifar10", Optional.empty()));
  }

  @Test
  void otherBytesUnderAKnownNameAreRefusedByChecksum() throws IOException {
    IdxBytes.writeSmallSet(root.resolve("mnist"));
    assertThatThrownBy(() -> sets.load("mnist", Optional.of(root)))
        .isInstanceOf(FailureException.class)
        .hasMessageStartingWith(
            root.resolve("mnist/train-images-idx3-ubyte")
                + ": SHA-256 of the unpacked file must be"
                + " ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db for mnist");
  }

  @Test
  void anIncompleteFolderIsRefusedAndNamesWhatIsMissing() throws IOException {
    IdxBytes.writeSmallSet(root);
    Files.delete(root.resolve("t10k-labels-idx1-ubyte.gz"));
    assertThatThrownBy(() -> sets.load(root.toString(), Optional.empty()))
        .isInstanceOf(FailureException.class)
        .hasMessageEndingWith("missing t10k-labels-idx1-ubyte");
  }

  @Test
  void aTestLabelBeyondTheTrainingLabelsIsRefusedWithItsOffset() throws IOException {
    IdxBytes.writeSmallSet(root);
    Files.write(
        root.resolve("t10k-labels-idx1-ubyte"), IdxBytes.of(new int[] {2}, new byte[] {0, 3}));
    assertThatThrownBy(() -> sets.load(root.toString(), Optional.empty()))
        .isInstanceOf(FailureException.class)
        .hasMessageEndingWith("label at byte 9 must be 0..2, found 3");
  }

  @Test
  void imagesAndLabelsMustBeEqualInNumber() throws IOException {
    IdxBytes.writeSmallSet(root);
    Files.write(
        root.resolve("train-labels-idx1-ubyte"), IdxBytes.of(new int[] {3}, new byte[] {0, 1, 2}));
    assertThatThrownBy(() -> sets.load(root.toString(), Optional.empty()))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("labels at bytes 4..7 must be 4")
        .hasMessageEndingWith("found 3");
  }

  @Test
  void verifyTellsTheChecksumOfEveryFile() throws IOException {
    DataSets.Verified verified = sets.verify("mnist", Optional.empty());
    assertThat(verified.place()).isEqualTo("bundled");
    assertThat(verified.files())
        .extracting(DataSets.VerifiedFile::sha256)
        .isEqualTo(KnownSet.MNIST.fileSha256());
  }

  @Test
  void theCacheFollowsTheXdgVariable() {
    Path home = Path.of("/home/someone");
    assertThat(DataPlaces.of(Map.of(), home).owned())
        .containsExactly(Path.of("/usr/share/datasets"), home.resolve(".cache/bitloom"));
    assertThat(DataPlaces.of(Map.of("XDG_CACHE_HOME", "/var/xdg"), home).owned())
        .endsWith(Path.of("/var/xdg/bitloom"));
  }
}
