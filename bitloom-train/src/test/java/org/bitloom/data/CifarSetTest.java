package org.bitloom.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bitloom.error.FailureException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CifarSetTest {
  private static final int RECORD = 3073;
  private static final int RECORDS = 10_000;

  private static byte[] batch;

  @TempDir private Path root;

  /** Makes records whose label is their number modulo 10 and whose bytes tell where they stand. */
  @BeforeAll
  static void makeABatch() {
    batch = new byte[RECORDS * RECORD];
    for (int i = 0; i < batch.length; i++) {
      int at = i % RECORD;
      batch[i] = (byte) (at == 0 ? i / RECORD % 10 : (i / RECORD) + at);
    }
  }

  private static DataFile file(String name, byte[] bytes) {
    return new DataFile(name, () -> new ByteArrayInputStream(bytes));
  }

  private static List<DataFile> files(DataFile last) {
    DataFile good = file("good.bin", batch);
    return List.of(good, good, good, good, good, last);
  }

  @Test
  void recordsAreALabelThenThreePlanesOfPixels() throws IOException {
    FileLayout.Loaded loaded =
        CifarSet.read("cifar10", files(file("test.bin", batch)), CifarForm.TEN);
    ImageSet train = loaded.data().train();
    assertThat(train.count()).isEqualTo(50_000);
    assertThat(List.of(train.channels(), train.height(), train.width(), train.classes()))
        .containsExactly(3, 32, 32, 10);
    int sample = 4 * RECORDS + 123;
    assertThat(train.labels()[sample]).isEqualTo((byte) 3);
    byte[] image = Arrays.copyOfRange(train.pixels(), sample * 3072, (sample + 1) * 3072);
    assertThat(image).isEqualTo(Arrays.copyOfRange(batch, 123 * RECORD + 1, 124 * RECORD));
    assertThat(loaded.data().test().count()).isEqualTo(RECORDS);
    assertThat(loaded.data().classNames()).startsWith("airplane").endsWith("truck").hasSize(10);
  }

  @ParameterizedTest(name = "{0} bytes")
  @CsvSource({
    "0, found 0 bytes",
    "30726927, found 30726927 bytes",
    "30729999, found 30729999 bytes",
    "30730001, found more"
  })
  void aFileOfAnotherLengthIsRefused(int length, String found) {
    byte[] cut = Arrays.copyOf(batch, length);
    assertThatThrownBy(() -> CifarSet.read("cifar10", files(file("test.bin", cut)), CifarForm.TEN))
        .isInstanceOf(FailureException.class)
        .hasMessage("test.bin: length must be 30730000 bytes, 10000 records of 3073, " + found);
  }

  @Test
  void aLabelBeyondTheClassesIsRefusedWithItsOffset() {
    byte[] other = batch.clone();
    other[7 * RECORD] = 10;
    assertThatThrownBy(
            () -> CifarSet.read("cifar10", files(file("test.bin", other)), CifarForm.TEN))
        .isInstanceOf(FailureException.class)
        .hasMessage("test.bin: label at byte 21511 must be 0..9, found 10");
  }

  @Test
  void aFileOfAnotherKindIsNamed() {
    for (byte[] start :
        List.of(new byte[] {(byte) 0x80, 4, (byte) 0x95}, "<html>".getBytes(UTF_8))) {
      assertThatThrownBy(
              () -> CifarSet.read("cifar10", files(file("test.bin", start)), CifarForm.TEN))
          .isInstanceOfSatisfying(
              FailureException.class, e -> assertThat(e.hint()).doesNotContain("undamaged"))
          .hasMessageStartingWith("test.bin: file must be of CIFAR's binary version, found a ");
    }
  }

  @Test
  void aCutGzipFileIsRefused() {
    byte[] packed = IdxBytes.gzip(batch);
    byte[] cut = Arrays.copyOf(packed, packed.length / 2);
    DataFile file = new DataFile("test.bin.gz", () -> new ByteArrayInputStream(cut));
    assertThatThrownBy(() -> CifarSet.read("cifar10", files(file), CifarForm.TEN))
        .isInstanceOf(FailureException.class)
        .hasMessageStartingWith("test.bin.gz: gzip data must be complete, found damage after");
  }

  @Test
  void theFolderOfTheUnpackedArchiveIsFoundInThePlacesOfTheSet() throws IOException {
    Path folder = Files.createDirectories(root.resolve("cifar-10-batches-bin"));
    for (String name : FileLayout.CIFAR.files()) {
      Files.createFile(folder.resolve(name));
    }
    DataPlaces places = new DataPlaces(Optional.empty(), List.of());
    assertThat(places.require(KnownSet.CIFAR10, Optional.of(root)).place())
        .isEqualTo(folder.toString());
    assertThat(places.require(KnownSet.CIFAR10, Optional.of(folder)).place())
        .isEqualTo(folder.toString());
    assertThat(DataPlaces.folder(folder.toString()).layout()).isEqualTo(FileLayout.CIFAR);
  }

  @Test
  void aCompleteUnpackedArchiveWinsOverLooseFiles() throws IOException {
    Path folder = Files.createDirectories(root.resolve("cifar-10-batches-bin"));
    for (String name : FileLayout.CIFAR.files()) {
      Files.createFile(folder.resolve(name));
    }
    Files.createFile(root.resolve("data_batch_1.bin"));
    DataPlaces places = new DataPlaces(Optional.empty(), List.of());
    assertThat(places.require(KnownSet.CIFAR10, Optional.of(root)).place())
        .isEqualTo(folder.toString());
  }

  @Test
  void anAbsentSetSaysWhichFilesBelongThere() {
    DataPlaces places = new DataPlaces(Optional.empty(), Collections.emptyList());
    assertThatThrownBy(() -> places.require(KnownSet.CIFAR10, Optional.of(root)))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.hint()).startsWith("put its CIFAR-10 binary files"));
  }
}
