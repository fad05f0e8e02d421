package org.bitloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
}
