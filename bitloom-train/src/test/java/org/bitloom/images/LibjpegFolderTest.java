package org.bitloom.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.bitloom.images.choice.ImageSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads JPEG files that the encoder most others use has written; see their README. */
final class LibjpegFolderTest {
  private static final Path FOLDER =
      Path.of(
          System.getProperty("bitloom.root"),
          "bitloom-train/src/test/resources/org/bitloom/images/libjpeg");

  @TempDir private Path cache;

  @Test
  void filesOfAnotherEncoderAreReadPixelByPixelAsTheJdkDecodesThem() throws IOException {
    List<String> notices = new ArrayList<>();
    ImageFolder.Options options = new ImageFolder.Options(ImageSettings.STRICT, true, notices::add);
    DecodedFolder fresh = ImageFolder.read(FOLDER, cache, options);
    DecodedFolder cached = ImageFolder.read(FOLDER, cache, options);
    assertThat(notices).as("decoded once").hasSize(1);
    assertThat(cached).usingRecursiveComparison().isEqualTo(fresh);
    assertThat(fresh.classes()).containsExactly("clouds", "stripes");
    assertThat(fresh.train().labels()).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1);
    assertThat(fresh.test().labels()).containsExactly(0, 0, 1, 1);
    ClassFolders files = ClassFolders.list(FOLDER, Optional.empty());
    assertSamePixels(fresh.train(), files.train());
    assertSamePixels(fresh.test(), files.test());
  }

  private static void assertSamePixels(DecodedFolder.Part images, List<ImageSource> sources)
      throws IOException {
    for (int i = 0; i < sources.size(); i++) {
      BufferedImage expected = ImageIO.read(sources.get(i).path().toFile());
      for (int at = 0; at < 1024; at++) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
          rgb = (rgb << 8) | (images.pixels()[(3 * i + channel) * 1024 + at] & 0xff);
        }
        assertThat(rgb)
            .as("%s, pixel %d", sources.get(i).name(), at)
            .isEqualTo(expected.getRGB(at % 32, at / 32) & 0xffffff);
      }
    }
  }
}
