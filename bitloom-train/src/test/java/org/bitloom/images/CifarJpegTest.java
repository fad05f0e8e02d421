package org.bitloom.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a part of CIFAR-10 as JPEG files, if the archive lies beside the project. */
final class CifarJpegTest {
  private static final Path ARCHIVE =
      Path.of("../../shared/data/cifar10-jpeg/cifar10-jpeg.tar.xz").toAbsolutePath().normalize();

  @TempDir private Path place;

  @Test
  void partOfTheJpegCopyIsReadPixelByPixelAsTheJdkDecodesIt() throws Exception {
    assumeTrue(Files.exists(ARCHIVE), () -> "needs " + ARCHIVE);
    assumeTrue(unpack(), "needs the programs tar and xz");
    List<String> notices = new ArrayList<>();
    ImageFolder.Options options = new ImageFolder.Options(false, false, notices::add);
    Path cache = place.resolve("cache");
    DecodedFolder fresh = ImageFolder.read(place, cache, options);
    DecodedFolder cached = ImageFolder.read(place, cache, options);
    assertThat(notices).hasSize(1);
    assertThat(cached.sha256()).isEqualTo(fresh.sha256());
    assertThat(cached.train().pixels()).isEqualTo(fresh.train().pixels());
    assertThat(fresh.train().count()).isEqualTo(200);
    assertThat(fresh.test().count()).isEqualTo(100);
    assertThat(fresh.classes()).hasSize(10);
    List<ImageSource> sources = ClassFolders.list(place).train();
    for (int i = 0; i < sources.size(); i++) {
      assertThat(fresh.train().labels()[i]).isEqualTo((byte) (i / 20));
      assertSamePixels(fresh.train(), i, sources.get(i).path());
    }
  }

  private static void assertSamePixels(DecodedFolder.Part images, int index, Path file)
      throws IOException {
    BufferedImage expected = ImageIO.read(file.toFile());
    for (int at = 0; at < 1024; at++) {
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        rgb = (rgb << 8) | (images.pixels()[(3 * index + channel) * 1024 + at] & 0xff);
      }
      assertThat(rgb).isEqualTo(expected.getRGB(at % 32, at / 32) & 0xffffff);
    }
  }

  /** Unpacks 20 images of each class to train on and 10 to test. */
  private boolean unpack() throws InterruptedException {
    try {
      return new ProcessBuilder(
                  "tar",
                  "-xJf",
                  ARCHIVE.toString(),
                  "--wildcards",
                  "train/*/000?.jpg",
                  "train/*/001?.jpg",
                  "test/*/000?.jpg")
              .directory(place.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
