package org.bitloom.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bitloom.error.FailureException;
import org.bitloom.io.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageFolderTest {
  @TempDir private Path place;
  private PictureFolder folder;
  private Path root;

  @BeforeEach
  void writePictures() throws IOException {
    folder = PictureFolder.in(place);
    root = folder.root();
  }

  @Test
  void labelsAreThePlacesOfTheSortedClassNames() throws IOException {
    DecodedFolder set = folder.read();
    assertThat(set.train().labels()).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(set.test().labels()).containsExactly(0, 0, 1, 1);
    assertThat(set.classes()).containsExactly("cat", "dog");
    assertThat(set.form().channels()).isEqualTo(3);
    assertThat(set.form().height()).isEqualTo(3);
    assertThat(set.form().width()).isEqualTo(4);
  }

  @Test
  void imagesFollowEachOtherByClassAndThenByName() throws IOException {
    byte[] pixels = folder.read().train().pixels();
    byte[] dog = ImageDecoder.decode(ImageFile.parse(Pictures.png("train/dog/2.png")));
    assertThat(Arrays.copyOfRange(pixels, 4 * 36, 5 * 36)).isEqualTo(dog);
  }

  @Test
  void namesAreOrderedByTheirBytesInEveryLocale() throws IOException {
    Files.move(root.resolve("train/cat"), root.resolve("train/ähre"));
    Files.move(root.resolve("test/cat"), root.resolve("test/ähre"));
    Files.move(root.resolve("train/dog/3.png"), root.resolve("train/dog/A.PNG"));
    folder.write("train/dog/a.Jpeg", Pictures.png("a"));
    folder.write("train/dog/10.JPG", Pictures.png("10"));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("sv"));
      ClassFolders files = ClassFolders.list(root, Optional.empty());
      assertThat(files.classes()).containsExactly("dog", "ähre");
      assertThat(files.train())
          .extracting(ImageSource::name)
          .startsWith(
              "train/dog/1.png",
              "train/dog/10.JPG",
              "train/dog/2.png",
              "train/dog/A.PNG",
              "train/dog/a.Jpeg",
              "train/ähre/1.png");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theChecksumIsThatOfTheLinesOfSha256sum() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String part : List.of("test", "train")) {
      for (String name : List.of("cat/1", "cat/2", "cat/3", "dog/1", "dog/2", "dog/3")) {
        Path file = root.resolve(part + "/" + name + ".png");
        if (Files.exists(file)) {
          byte[] hash = Sha256.digest().digest(Files.readAllBytes(file));
          lines.append(HexFormat.of().formatHex(hash)).append("  ");
          lines.append(root.relativize(file)).append('\n');
        }
      }
    }
    byte[] text = lines.toString().getBytes(StandardCharsets.UTF_8);
    assertThat(folder.read().sha256())
        .isEqualTo(HexFormat.of().formatHex(Sha256.digest().digest(text)));
  }

  @Test
  void greyPicturesOnlyGiveOneChannel() throws IOException {
    writeGreyEverywhere();
    DecodedFolder set = folder.read();
    assertThat(set.form().channels()).isEqualTo(1);
    assertThat(set.train().pixels()).hasSize(6 * 12);
  }

  @Test
  void onePictureInColourGivesThreeChannelsToAll() throws IOException {
    byte[] grey = writeGreyEverywhere();
    folder.write("test/dog/2.png", Pictures.png("colour"));
    DecodedFolder set = folder.read();
    assertThat(set.form().channels()).isEqualTo(3);
    byte[] plane = ImageDecoder.decode(ImageFile.parse(grey));
    for (int channel = 0; channel < 3; channel++) {
      assertThat(Arrays.copyOfRange(set.train().pixels(), 12 * channel, 12 * channel + 12))
          .isEqualTo(plane);
    }
  }

  private byte[] writeGreyEverywhere() throws IOException {
    BufferedImage image = Pictures.noise(BufferedImage.TYPE_BYTE_GRAY, 4, 3, "grey");
    byte[] grey = Pictures.file(image, "png");
    for (ImageSource source : ClassFolders.list(root, Optional.empty()).train()) {
      folder.write(source.name(), grey);
    }
    for (ImageSource source : ClassFolders.list(root, Optional.empty()).test()) {
      folder.write(source.name(), grey);
    }
    return grey;
  }

  @Test
  void hiddenFilesAreIgnoredAndOthersAreCounted() throws IOException {
    String before = folder.read().sha256();
    folder.notices().clear();
    folder.write("train/cat/.hidden.png", new byte[0]);
    folder.write("train/.cache/x.png", new byte[0]);
    folder.write("train/cat/notes.txt", new byte[0]);
    folder.write("train/dog/more/x.png", new byte[0]);
    folder.write("test/list.csv", new byte[0]);
    folder.write("readme.md", new byte[0]);
    assertThat(folder.read().sha256()).isEqualTo(before);
    assertThat(folder.notices())
        .containsExactly(
            "ignored 3 entries of "
                + root
                + " that are no .png, .jpg, .jpeg, "
                + ".webp, .bmp, .gif, .tif or .tiff files in a class folder, such as"
                + " test/list.csv");
  }

  @Test
  void linksToFilesAndFoldersAreFollowed() throws IOException {
    DecodedFolder before = folder.read();
    Files.move(root.resolve("train/cat/2.png"), place.resolve("elsewhere"));
    Files.createSymbolicLink(root.resolve("train/cat/2.png"), place.resolve("elsewhere"));
    Files.move(root.resolve("train/dog"), place.resolve("hound"));
    Files.createSymbolicLink(root.resolve("train/dog"), place.resolve("hound"));
    DecodedFolder after = folder.read();
    assertThat(after.sha256()).isEqualTo(before.sha256());
    assertThat(after.train().pixels()).isEqualTo(before.train().pixels());
  }

  @Test
  void aFolderWithoutTrainOrTestSaysWhatItNeeds() throws IOException {
    assertThat(ImageFolder.looksLikeOne(root)).isTrue();
    Files.move(root.resolve("test"), root.resolve("holdout"));
    assertThatThrownBy(folder::read)
        .isInstanceOfSatisfying(
            FailureException.class,
            e ->
                assertThat(e.hint())
                    .contains("--split 0.2")
                    .endsWith("rename the folder that holds them to test"))
        .hasMessage(
            "image folder "
                + root
                + " must hold train and test, each with a folder per class; found only holdout,"
                + " train");
    Files.move(root.resolve("train"), place.resolve("gone"));
    assertThat(ImageFolder.looksLikeOne(root)).isFalse();
    assertThatThrownBy(folder::read)
        .isInstanceOf(FailureException.class)
        .hasMessageEndingWith("found only holdout");
  }

  @Test
  void classesOfTestMustBeThoseOfTrain() throws IOException {
    Files.move(root.resolve("test/dog"), root.resolve("test/Dog"));
    assertThatThrownBy(folder::read)
        .isInstanceOf(FailureException.class)
        .hasMessage(
            root.resolve("test")
                + " must hold the same class folders as train, missing dog, found also Dog");
  }

  @Test
  void aClassOfTestThatTrainDoesNotHaveIsNamed() throws IOException {
    folder.write("test/emu/1.png", Pictures.png("emu"));
    assertThatThrownBy(folder::read).hasMessageEndingWith("as train, found also emu");
  }

  @Test
  void oneClassIsNotEnough() throws IOException {
    Files.move(root.resolve("train/dog"), place.resolve("dog"));
    assertThatThrownBy(folder::read)
        .isInstanceOf(FailureException.class)
        .hasMessage(root.resolve("train") + " must hold 2..256 class folders, found 1 (cat)");
  }

  @Test
  void aNameThatDoesNotFitOneLineIsRefused() throws IOException {
    for (String name : List.of("a\nb", " ", "a\u2028b", "a\u0007")) {
      Path odd = Files.createDirectories(root.resolve("train").resolve(name));
      assertThatThrownBy(folder::read)
          .isInstanceOf(FailureException.class)
          .hasMessageStartingWith("names of class folders in " + root.resolve("train") + " must")
          .hasMessageNotContaining("\n");
      Files.delete(odd);
    }
  }

  @Test
  void picturesWithoutClassFoldersAreCounted() throws IOException {
    Files.move(root.resolve("train"), place.resolve("train"));
    folder.write("train/1.png", Pictures.png("1"));
    folder.write("train/2.png", Pictures.png("2"));
    assertThatThrownBy(folder::read)
        .isInstanceOf(FailureException.class)
        .hasMessage(
            root.resolve("train")
                + " must hold 2..256 class folders, found 0, and 2 files that are in none of them");
  }

  @Test
  void moreThan256ClassesAreRefused() throws IOException {
    for (int i = 0; i < 255; i++) {
      Files.createDirectories(root.resolve("train/class" + i));
    }
    assertThatThrownBy(folder::read)
        .hasMessageContaining("must hold 2..256 class folders, found 257 (cat, class0, class1,")
        .hasMessageEndingWith("and 252 more)");
  }

  @Test
  void anEmptyClassFolderIsRefusedAndSaysWhatElseIsInIt() throws IOException {
    folder.write("train/emu/1.heic", new byte[0]);
    Files.createDirectories(root.resolve("test/emu"));
    assertThatThrownBy(folder::read)
        .isInstanceOf(FailureException.class)
        .hasMessage(
            "class folder "
                + root.resolve("train/emu")
                + " must hold at least one .png, .jpg, .jpeg, "
                + ".webp, .bmp, .gif, .tif or .tiff file, found only 1 others, such as"
                + " train/emu/1.heic");
    folder.write("train/emu/1.png", Pictures.png("emu"));
    assertThatThrownBy(folder::read)
        .hasMessageContaining(root.resolve("test/emu") + " must hold")
        .hasMessageEndingWith("found none");
  }

  @Test
  void picturesOfAnotherSizeAreNamedWithBothSizesAndCounted() throws IOException {
    byte[] odd = Pictures.file(Pictures.noise(BufferedImage.TYPE_INT_RGB, 5, 3, "odd"), "png");
    folder.write("train/cat/1.png", odd);
    assertThatThrownBy(folder::read)
        .isInstanceOf(FailureException.class)
        .hasMessage(
            "images must all have one size (width x height): train/cat/2.png is 4x3 as 9 of 10 are,"
                + " train/cat/1.png is 5x3");
    folder.write("test/dog/1.png", odd);
    assertThatThrownBy(folder::read)
        .hasMessageEndingWith("train/cat/1.png is 5x3 (2 in all differ)");
  }

  @Test
  void picturesThatDoNotFitIntoMemoryAreRefusedBeforeDecoding() throws IOException {
    byte[] header = Pictures.chunk("IHDR", 0, 0, 70, 0, 0, 0, 70, 0, 8, 2, 0, 0, 0);
    byte[] claim = new byte[8 + header.length + 24];
    System.arraycopy(Pictures.PNG_SIGNATURE, 0, claim, 0, 8);
    System.arraycopy(header, 0, claim, 8, header.length);
    System.arraycopy(Pictures.chunk("IDAT"), 0, claim, 8 + header.length, 12);
    System.arraycopy(Pictures.chunk("IEND"), 0, claim, 20 + header.length, 12);
    for (String part : List.of("train", "test")) {
      for (String name : List.of("cat/1", "cat/2", "cat/3", "dog/1", "dog/2", "dog/3")) {
        folder.write(part + "/" + name + ".png", claim);
      }
    }
    assertThatThrownBy(folder::read)
        .isInstanceOf(FailureException.class)
        .hasMessageStartingWith(
            "images must fit into memory, 12 of 17920x17920 in 3 channels need 11025 MB");
  }
}
