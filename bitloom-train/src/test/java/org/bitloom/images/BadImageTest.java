package org.bitloom.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.bitloom.error.FailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BadImageTest {
  @TempDir private Path place;
  private PictureFolder folder;
  private Path root;

  @BeforeEach
  void writePictures() throws IOException {
    folder = PictureFolder.in(place);
    root = folder.root();
  }

  private void spoilFive() throws IOException {
    byte[] png = Pictures.png("train/cat/2.png");
    folder.write("train/cat/2.png", Arrays.copyOf(png, png.length - 1));
    folder.write("train/dog/1.jpg", "a text".getBytes(StandardCharsets.US_ASCII));
    folder.write("train/dog/3.png", new byte[0]);
    folder.write("test/cat/2.png", Pictures.png(new int[] {4, 3, 8, 2}, new byte[0], 0, 1));
    Files.createSymbolicLink(root.resolve("test/dog/3.png"), place.resolve("nothing"));
  }

  @Test
  void allBadImagesAreCountedAndTheFirstOnesNamedWithTheReason() throws IOException {
    spoilFive();
    assertThatThrownBy(folder::read)
        .isInstanceOfSatisfying(
            FailureException.class,
            e ->
                assertThat(e.hint())
                    .isEqualTo("replace or remove them, or leave them out with --skip-bad-images"))
        .hasMessage(
            "images of "
                + root
                + " must be readable, found 5 of 12 bad: train/cat/2.png (truncated PNG),"
                + " train/dog/1.jpg (not PNG, JPEG, WebP, BMP, GIF or TIFF),"
                + " train/dog/3.png (empty file)"
                + " and 2 more");
    assertThat(folder.cacheFile()).doesNotExist();
  }

  @Test
  void badImagesAreLeftOutAndReportedIfThatIsAskedFor() throws IOException {
    DecodedFolder whole = folder.read();
    folder.notices().clear();
    spoilFive();
    DecodedFolder rest = folder.readSkippingBadImages();
    assertThat(rest.train().labels()).containsExactly(0, 0, 1, 1);
    assertThat(rest.test().labels()).containsExactly(0, 1, 1);
    int image = rest.form().bytes();
    assertThat(Arrays.copyOfRange(rest.train().pixels(), image, 2 * image))
        .isEqualTo(Arrays.copyOfRange(whole.train().pixels(), 2 * image, 3 * image));
    assertThat(folder.notices())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("skipped images of " + root + ", 5 of 12 bad: train/cat/2.png (truncated PNG)");
  }

  @Test
  void theChecksumIsThatOfAFolderWithoutTheBadImages() throws IOException {
    spoilFive();
    DecodedFolder skipped = folder.readSkippingBadImages();
    for (String name :
        new String[] {
          "train/cat/2.png",
          "train/dog/1.jpg",
          "train/dog/3.png",
          "test/cat/2.png",
          "test/dog/3.png"
        }) {
      Files.delete(root.resolve(name));
    }
    DecodedFolder removed = folder.read();
    assertThat(skipped.sha256()).isEqualTo(removed.sha256());
    assertThat(skipped.train().pixels()).isEqualTo(removed.train().pixels());
    assertThat(skipped.test().pixels()).isEqualTo(removed.test().pixels());
  }

  @Test
  void theCacheRemembersWhichImagesAreBad() throws IOException {
    spoilFive();
    DecodedFolder fresh = folder.readSkippingBadImages();
    String told = folder.notices().get(1);
    assertThat(folder.decoded()).isTrue();
    DecodedFolder cached = folder.readSkippingBadImages();
    assertThat(folder.notices()).containsExactly(told);
    assertThat(cached.sha256()).isEqualTo(fresh.sha256());
    assertThat(cached.train().pixels()).isEqualTo(fresh.train().pixels());
    assertThatThrownBy(folder::read)
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("5 of 12 bad: train/cat/2.png (truncated PNG)");
  }

  @Test
  void aClassMustKeepAnImage() throws IOException {
    folder.write("test/dog/1.png", new byte[0]);
    folder.write("test/dog/2.png", new byte[0]);
    assertThatThrownBy(folder::readSkippingBadImages)
        .isInstanceOf(FailureException.class)
        .hasMessage(
            "class folder "
                + root.resolve("test/dog")
                + " must keep at least one image when bad ones are skipped, found all of them bad");
  }

  @Test
  void aFolderOfNothingButBadImagesIsRefused() throws IOException {
    for (ImageSource source : ClassFolders.list(root, Optional.empty()).test()) {
      folder.write(source.name(), new byte[0]);
    }
    assertThatThrownBy(folder::readSkippingBadImages)
        .isInstanceOf(FailureException.class)
        .hasMessage(
            "test must hold readable images, found all bad: test/cat/1.png (empty file),"
                + " test/cat/2.png (empty file), test/dog/1.png (empty file) and 1 more");
    for (ImageSource source : ClassFolders.list(root, Optional.empty()).train()) {
      folder.write(source.name(), new byte[0]);
    }
    assertThatThrownBy(folder::readSkippingBadImages)
        .isInstanceOf(FailureException.class)
        .hasMessageStartingWith("images must be readable, found all 10 bad: train/cat/1.png");
  }

  @Test
  void aFolderNamedLikeAnImageIsABadImage() throws IOException {
    Files.createDirectories(root.resolve("train/cat/4.png"));
    assertThatThrownBy(folder::read).hasMessageEndingWith("train/cat/4.png (a folder)");
  }
}
