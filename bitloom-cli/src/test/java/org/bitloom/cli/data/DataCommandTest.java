package org.bitloom.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.bitloom.cli.Captured;
import org.bitloom.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataCommandTest {
  @TempDir private Path empty;

  @Test
  void theListNamesEveryKnownSet() {
    assertThat(Captured.run("data list --data-dir " + empty).out())
        .containsPattern("mnist +handwritten digits, .* \\(not on this machine\\)\n")
        .containsPattern("fashion-mnist +articles of clothing, .* \\(not on this machine\\)\n");
    Map<?, ?> object = (Map<?, ?>) Json.parse(Captured.run("data list --json").out().strip());
    assertThat((List<?>) object.get("datasets")).hasSize(3);
  }

  @Test
  void verifyReadsTheBundledSetInFull() {
    Captured result = Captured.run("data verify mnist");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith("mnist: 60000 + 10000 images, 10 classes, good\n")
        .contains("  classes 0, 1, 2, 3, 4, 5, 6, 7, 8, 9\n")
        .contains("ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");
    assertThat(Captured.run("data verify mnist --json").out())
        .contains(
            "\"sha256\":\"b2d8f5bf39174ee5ffeefa97e42d673c35432b411bb5d1f74fbbeddae7f1690a\"");
  }

  @Test
  void verifyTellsWhatIsOddInADataSet() throws IOException {
    for (String name : List.of("a/1", "a/2", "b/1", "b/2")) {
      Path file = empty.resolve(name + ".png");
      Files.createDirectories(file.getParent());
      BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY);
      for (int i = 0; i < 6; i++) {
        image.getRaster().setSample(i % 3, i / 3, 0, 5 * i + name.charAt(2));
      }
      ImageIO.write(image, "png", file.toFile());
    }
    String words = "data verify --split 0.5 " + empty;
    Captured found = Captured.run(words);
    assertThat(found.exitCode()).isZero();
    assertThat(found.out())
        .startsWith(empty + ": 2 + 2 images, 2 classes, readable, but ")
        .contains("\n  - 2 images have 16 bits per sample and use 49..7")
        .contains("; use them with --range train\n");
    assertThat(Captured.run(words + " --json").out()).contains("\"kind\":\"sixteen-bits\"");
    assertThat(Captured.run(words + " --range 0..4095 --resize 3x2").out())
        .doesNotContain("16 bits per sample")
        .contains("\n  16-bit samples of 0..4095 become 0..255\n");
  }

  @Test
  void verifyReadsAFolderOfPicturesAndNamesTheBadOnes() throws IOException {
    for (String name : List.of("train/a/1", "train/b/1", "train/b/2", "test/a/1", "test/b/1")) {
      Path file = empty.resolve(name + ".png");
      Files.createDirectories(file.getParent());
      BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setSample(0, 0, 0, name.hashCode() & 0xff);
      ImageIO.write(image, "png", file.toFile());
    }
    Captured good = Captured.run("data verify " + empty);
    assertThat(good.err())
        .isEqualTo("decoding 5 images of " + empty + " (once, then they come from the cache)\n");
    assertThat(good.out())
        .startsWith(empty + ": 3 + 2 images, 2 classes, good\n")
        .contains("  classes a, b\n");
    assertThat(Captured.run("data verify --json " + empty).out())
        .contains("\"classNames\":[\"a\",\"b\"]");
    assertThat(Captured.run("data verify " + empty).err()).isEmpty();
    Files.write(empty.resolve("train/b/1.png"), new byte[0]);
    Captured bad = Captured.run("data verify " + empty);
    assertThat(bad.err())
        .endsWith(
            "bitloom: images of "
                + empty
                + " must be readable, found 1 of 5 bad: train/b/1.png (empty file); replace or"
                + " remove them, or leave them out with --skip-bad-images\n");
    assertThat(bad.exitCode()).isEqualTo(1);
    Captured skipped = Captured.run("data verify --skip-bad-images " + empty);
    assertThat(skipped.out()).startsWith(empty + ": 2 + 2 images, 2 classes, good\n");
    assertThat(skipped.exitCode()).isZero();
  }

  @Test
  void anAbsentOrIncompleteSetIsAFailure() throws IOException {
    Captured absent = Captured.run("data verify mnist --data-dir " + empty);
    assertThat(absent.err()).contains(empty.toString());
    assertThat(absent.exitCode()).isEqualTo(1);
    Files.createFile(empty.resolve("train-labels-idx1-ubyte"));
    Captured incomplete = Captured.run("data verify mnist --data-dir " + empty);
    assertThat(incomplete.err()).contains("missing train-images-idx3-ubyte");
    assertThat(incomplete.exitCode()).isEqualTo(1);
  }
}
