package org.bitloom.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.images.choice.ImageSettings;
import org.bitloom.images.choice.ImageSize;
import org.bitloom.images.choice.RangeChoice;
import org.bitloom.images.choice.SampleRange;
import org.bitloom.images.choice.TestShare;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Image folders that are scaled, split, or read by a range of their 16 bits. */
final class ImageSettingsTest {
  @TempDir private Path place;
  private PictureFolder folder;
  private Path root;

  @BeforeEach
  void writePictures() throws IOException {
    folder = PictureFolder.in(place);
    root = folder.root();
  }

  private static ImageSettings resize(String size) {
    return new ImageSettings(
        false, Optional.of(ImageSize.parse(size)), Optional.empty(), Optional.empty());
  }

  private static ImageSettings range(String words) {
    return new ImageSettings(
        false, Optional.empty(), Optional.of(RangeChoice.parse(words)), Optional.empty());
  }

  private static ImageSettings split(String words) {
    return new ImageSettings(
        false, Optional.empty(), Optional.empty(), Optional.of(TestShare.parse(words)));
  }

  @Test
  void picturesOfManySizesAreScaledToOne() throws IOException {
    BufferedImage large = Pictures.noise(BufferedImage.TYPE_INT_RGB, 40, 31, "large");
    folder.write("train/cat/1.png", Pictures.file(large, "png"));
    assertThatThrownBy(folder::read)
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.hint()).contains("--resize 4x3"));
    DecodedFolder set = folder.read(resize("5x2"));
    assertThat(set.form()).isEqualTo(new DecodedFolder.Form(3, 2, 5));
    byte[] planes = ImageDecoder.decode(ImageFile.parse(Pictures.file(large, "png")));
    assertThat(Arrays.copyOf(set.train().pixels(), 30))
        .isEqualTo(AreaAverage.scale(planes, new ImageSize(40, 31), new ImageSize(5, 2)));
  }

  @Test
  void whatIsKeptForOneSizeIsNotTakenForAnother() throws IOException {
    folder.readAnHourLater();
    folder.notices().clear();
    assertThat(folder.read(resize("2x2")).form().width()).isEqualTo(2);
    assertThat(folder.decoded()).isTrue();
    assertThat(folder.read(resize("1x3")).form().height()).isEqualTo(3);
    assertThat(folder.decoded()).isTrue();
    assertThat(folder.read(resize("2x2")).form().height()).isEqualTo(2);
    assertThat(folder.read().form().width()).isEqualTo(4);
    assertThat(folder.decoded()).isFalse();
  }

  @Test
  void valIsAnotherNameOfTest() throws IOException {
    DecodedFolder before = folder.read();
    Path test = root.resolve("test");
    for (String name : List.of("val", "valid", "validation")) {
      Files.move(test, root.resolve(name));
      test = root.resolve(name);
      DecodedFolder set = folder.read();
      assertThat(set.test().pixels()).isEqualTo(before.test().pixels());
      assertThat(set.test().names()).allMatch(file -> file.startsWith(name + "/"));
    }
  }

  @Test
  void besideTestTheOtherNamesAreNotReadAndThatIsTold() throws IOException {
    folder.write("val/cat/1.png", Pictures.png("val"));
    assertThat(folder.read().test().names()).allMatch(file -> file.startsWith("test/"));
    assertThat(folder.notices()).contains("not read: val of " + root + ", as test is there");
  }

  private void onlyClasses() throws IOException {
    for (String name : List.of("cat", "dog")) {
      Files.createDirectories(root.resolve(name));
      for (int i = 0; i < 20; i++) {
        folder.write(name + "/" + i + ".png", Pictures.png(name + i));
      }
    }
    for (String part : List.of("train", "test")) {
      Files.move(root.resolve(part), place.resolve("was" + part));
    }
  }

  @Test
  void aFolderOfClassesIsSplitClassByClass() throws IOException {
    onlyClasses();
    assertThat(ImageFolder.looksLikeOne(root)).isTrue();
    assertThatThrownBy(folder::read)
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.hint()).contains("--split 0.2"))
        .hasMessageEndingWith("found only cat, dog");
    DecodedFolder set = folder.read(split("0.25"));
    assertThat(set.train().labels()).hasSize(30).containsOnly(0, 1);
    assertThat(set.test().labels()).containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
    Set<String> all = new HashSet<>(set.train().names());
    all.addAll(set.test().names());
    assertThat(all).hasSize(40);
  }

  @Test
  void theSeedDecidesTheSplitAndNothingElse() throws IOException {
    onlyClasses();
    List<String> first = folder.read(split("0.25:3")).test().names();
    assertThat(folder.read(split("0.25:3")).test().names()).isEqualTo(first);
    assertThat(folder.read(split("0.25:4")).test().names()).isNotEqualTo(first);
    Files.delete(folder.cache().resolve("image-folders").resolve(newest()));
    assertThat(folder.read(split("0.25:3")).test().names()).isEqualTo(first);
    assertThat(folder.read(split("0.25")).test().names())
        .isEqualTo(folder.read(split("0.25:1")).test().names());
  }

  private String newest() throws IOException {
    try (Stream<Path> files = Files.list(folder.cache().resolve("image-folders"))) {
      return files.findFirst().orElseThrow().getFileName().toString();
    }
  }

  @Test
  void aFolderWithTrainAloneIsSplitToo() throws IOException {
    Files.move(root.resolve("test"), place.resolve("test"));
    DecodedFolder set = folder.read(split("0.4"));
    assertThat(set.train().labels()).containsExactly(0, 0, 1, 1);
    assertThat(set.test().labels()).containsExactly(0, 1);
  }

  @Test
  void aFolderThatSaysWhatToTestIsNotSplit() {
    assertThatThrownBy(() -> folder.read(split("0.2")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--split must be left to folders that do not say what to test on, "
                + root
                + " holds test");
  }

  @Test
  void aClassOfOneImageCannotBeSplit() throws IOException {
    onlyClasses();
    folder.write("emu/1.png", Pictures.png("emu"));
    assertThatThrownBy(() -> folder.read(split("0.2")))
        .isInstanceOf(FailureException.class)
        .hasMessage(
            "every class must have at least 2 images to be split, found 1 of emu, emu/1.png");
  }

  private void sixteenBits(int low, int high) throws IOException {
    int at = 0;
    for (ImageSource source :
        Stream.concat(
                ClassFolders.list(root, Optional.empty()).train().stream(),
                ClassFolders.list(root, Optional.empty()).test().stream())
            .toList()) {
      int[] samples = new int[12];
      int step = at++;
      Arrays.setAll(samples, i -> low + (high - low) * ((i + step) % 12) / 11);
      folder.write(
          source.name(), new PlainPng(4, 3, 16, PngHeader.GREY, false, samples).file(new byte[0]));
    }
  }

  @Test
  void twelveBitsInSixteenAreLostWithoutARangeAndThatIsKnown() throws IOException {
    sixteenBits(100, 4095);
    DecodedFolder set = folder.read();
    SixteenBits used = set.train().sixteenBits();
    assertThat(used.images()).isEqualTo(6);
    assertThat(used.low()).isEqualTo(100);
    assertThat(used.high()).isEqualTo(4095);
    assertThat(used.values()).isEqualTo(12);
    assertThat(used.levels()).isEqualTo(12);
    assertThat(set.train().pixels()).contains((byte) 16).doesNotContain((byte) 17);
    assertThat(folder.read().train().sixteenBits()).as("from the cache").isEqualTo(used);
  }

  @Test
  void theRangeOfTheTrainingImagesIsScaledToAllGreys() throws IOException {
    sixteenBits(100, 4095);
    DecodedFolder set = folder.read(range("train"));
    assertThat(set.range()).contains(new SampleRange(100, 4095));
    assertThat(set.train().pixels())
        .startsWith(Pictures.bytes(0, 23, 46, 70, 93, 116, 139, 162, 185, 209, 232, 255));
    assertThat(folder.read(range("train")).range()).as("cached").isEqualTo(set.range());
  }

  @Test
  void aGivenRangeIsUsedAndWhatLiesOutsideIsBlackOrWhite() throws IOException {
    sixteenBits(0, 1100);
    byte[] pixels = folder.read(range("200..900")).train().pixels();
    assertThat(Arrays.copyOf(pixels, 12))
        .isEqualTo(Pictures.bytes(0, 0, 0, 36, 73, 109, 146, 182, 219, 255, 255, 255));
  }

  @Test
  void theTrainingImagesAloneDecideTheRange() throws IOException {
    sixteenBits(100, 4095);
    int[] samples = new int[12];
    samples[0] = 60000;
    folder.write(
        "test/cat/1.png", new PlainPng(4, 3, 16, PngHeader.GREY, false, samples).file(new byte[0]));
    DecodedFolder set = folder.read(range("train"));
    assertThat(set.range()).contains(new SampleRange(100, 4095));
    assertThat(set.test().sixteenBits().high()).isEqualTo(60000);
  }

  @Test
  void aRangeOfImagesWithEightBitsIsRefused() {
    assertThatThrownBy(() -> folder.read(range("train")))
        .isInstanceOf(FailureException.class)
        .hasMessageStartingWith(
            "a range must be taken of images that all have 16 bits per sample, found 10 of 10 with"
                + " less: train/cat/1.png (8 bits)");
  }

  @Test
  void wordsThatAreNoSizeRangeOrShareAreWrongUsage() {
    for (String size : List.of("", "64", "64x", "0x4", "4x0", "-1x2", "4x70000", "axb")) {
      assertThatThrownBy(() -> ImageSize.parse(size)).isInstanceOf(UsageException.class);
    }
    for (String range : List.of("", "all", "1..1", "2..1", "0..65536", "1.5..2", "-1..3")) {
      assertThatThrownBy(() -> RangeChoice.parse(range)).isInstanceOf(UsageException.class);
    }
    for (String share : List.of("", "0", "1", "1.5", "-0.1", "x", "0.2:", "0.2:x", "NaN")) {
      assertThatThrownBy(() -> TestShare.parse(share)).isInstanceOf(UsageException.class);
    }
  }
}
