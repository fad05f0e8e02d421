package org.bitloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.bitloom.error.UsageException;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataExportTest {
  @TempDir private Path root;
  private Path source;
  private Path target;
  private DataSets sets;

  @BeforeEach
  void lookOnlyBelowTheTestFolder() {
    source = root.resolve("source");
    target = root.resolve("new/target");
    sets = new DataSets(new DataPlaces(Optional.empty(), List.of(root.resolve("cache"))));
  }

  @Test
  void greyImagesBecomeTheIdxFilesThatTheyCameFrom() throws IOException {
    IdxBytes.writeSmallSet(source);
    DataSet data = sets.load(source.toString(), Optional.empty());
    List<Path> written = DataExport.of(data).write(target);
    assertThat(written)
        .extracting(path -> path.getFileName().toString())
        .containsExactlyElementsOf(FileLayout.IDX.files());
    assertThat(target.resolve("train-images-idx3-ubyte"))
        .hasSameBinaryContentAs(source.resolve("train-images-idx3-ubyte"));
    assertThat(sets.load(target.toString(), Optional.empty()).sha256()).isEqualTo(data.sha256());
  }

  @Test
  void cifar10BecomesTheSixFilesThatItCameFrom() throws IOException {
    byte[] pixels = new byte[60_000 * 3072];
    Seeds.random().nextBytes(pixels);
    byte[] labels = new byte[60_000];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % 10);
    }
    DataSet data =
        new DataSet(
            "cifar10",
            part(pixels, labels, 0, 50_000),
            part(pixels, labels, 50_000, 60_000),
            CifarForm.TEN.classNames(),
            "");
    assertThat(DataExport.of(data).write(target)).hasSize(6);
    DataSet read = sets.load(target.toString(), Optional.empty());
    assertThat(read.train().pixels()).isEqualTo(data.train().pixels());
    assertThat(read.train().labels()).isEqualTo(data.train().labels());
    assertThat(read.test().pixels()).isEqualTo(data.test().pixels());
  }

  private static ImageSet part(byte[] pixels, byte[] labels, int from, int to) {
    return new ImageSet(
        Arrays.copyOfRange(pixels, from * 3072, to * 3072),
        Arrays.copyOfRange(labels, from, to),
        3,
        32,
        32,
        10);
  }

  @Test
  void otherColourImagesAreRefusedBeforeAnythingIsWritten() {
    ImageSet two = new ImageSet(new byte[2 * 3 * 20], new byte[] {0, 1}, 3, 4, 5, 2);
    DataSet data = new DataSet("photos", two, two, List.of("cat", "dog"), "");
    assertThatThrownBy(() -> DataExport.of(data))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "data to export must be grey images or CIFAR-10, got 2 + 2 images of 3 x 5x4 in"
                + " 2 classes");
    assertThat(Files.exists(target)).isFalse();
  }

  @Test
  void testImagesAreWrittenPixelByPixelUnderTheirNumberAndLabel() throws IOException {
    byte[] pixels = new byte[2 * 3 * 1024];
    Seeds.random().nextBytes(pixels);
    ImageSet colour = new ImageSet(pixels, new byte[] {3, 1}, 3, 32, 32, 10);
    byte[] many = new byte[50_000 * 3072];
    ImageSet train = new ImageSet(many, new byte[50_000], 3, 32, 32, 10);
    ImageSet grey = new ImageSet(pixels, new byte[] {0, 2}, 1, 96, 32, 3);
    assertImage(
        DataExport.of(new DataSet("grey", grey, grey, DataSet.numbered(3), "")), "1-2", grey);
    byte[] filled = Arrays.copyOf(pixels, 10_000 * 3072);
    byte[] labels = new byte[10_000];
    labels[1] = 1;
    ImageSet test = new ImageSet(filled, labels, 3, 32, 32, 10);
    DataSet cifar = new DataSet("cifar10", train, test, CifarForm.TEN.classNames(), "");
    assertImage(DataExport.of(cifar), "1-1", colour);
  }

  /** Looks at image 1. */
  private void assertImage(DataExport export, String name, ImageSet images) throws IOException {
    assertThat(export.writeImages(target, 2)).hasSize(2);
    BufferedImage image = ImageIO.read(target.resolve(name + ".png").toFile());
    int plane = images.height() * images.width();
    for (int i = 0; i < images.imageSize(); i++) {
      int at = i % plane;
      assertThat(image.getRaster().getSample(at % images.width(), at / images.width(), i / plane))
          .isEqualTo(images.pixels()[images.imageSize() + i] & 0xff);
    }
  }
}
