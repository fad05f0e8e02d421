package org.bitloom.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bitloom.io.Safetensors;
import org.bitloom.io.TensorData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageCacheTest {
  @TempDir private Path place;
  private PictureFolder folder;
  private Path root;

  @BeforeEach
  void writePictures() throws IOException {
    folder = PictureFolder.in(place);
    root = folder.root();
  }

  @Test
  void theSecondReadingDecodesNothingAndGivesTheSameBytes() throws IOException {
    DecodedFolder fresh = folder.read();
    assertThat(folder.decoded()).isTrue();
    DecodedFolder cached = folder.read();
    assertThat(folder.decoded()).isFalse();
    assertSame(cached, fresh);
    Files.delete(folder.cacheFile());
    DecodedFolder again = folder.read();
    assertThat(folder.decoded()).isTrue();
    assertSame(again, fresh);
  }

  private static void assertSame(DecodedFolder set, DecodedFolder expected) {
    assertThat(set.sha256()).isEqualTo(expected.sha256());
    assertThat(set.train().pixels()).isEqualTo(expected.train().pixels());
    assertThat(set.train().labels()).isEqualTo(expected.train().labels());
    assertThat(set.test().pixels()).isEqualTo(expected.test().pixels());
    assertThat(set.test().labels()).isEqualTo(expected.test().labels());
    assertThat(set.form().channels()).isEqualTo(expected.form().channels());
    assertThat(set.form().height()).isEqualTo(expected.form().height());
    assertThat(set.form().width()).isEqualTo(expected.form().width());
    assertThat(set.classes()).isEqualTo(expected.classes());
  }

  @Test
  void aChangedPixelANewFileAndANewNameChangeTheChecksumAndAreDecoded() throws IOException {
    String first = folder.read().sha256();
    folder.write("train/dog/2.png", Pictures.png("another"));
    String pixel = folder.read().sha256();
    folder.write("test/cat/9.png", Pictures.png("new"));
    DecodedFolder added = folder.read();
    assertThat(added.test().count()).isEqualTo(5);
    Files.move(root.resolve("train/cat/1.png"), root.resolve("train/cat/11.png"));
    String renamed = folder.read().sha256();
    Files.move(root.resolve("train/cat/2.png"), root.resolve("train/dog/22.png"));
    DecodedFolder moved = folder.read();
    assertThat(moved.train().labels()).containsExactly(0, 0, 1, 1, 1, 1);
    assertThat(List.of(first, pixel, added.sha256(), renamed, moved.sha256()))
        .doesNotHaveDuplicates();
    assertThat(folder.notices()).hasSize(5).allMatch(line -> line.startsWith("decoding 1"));
  }

  @Test
  void thereIsOneFilePerFolderHoweverOftenItChanges() throws IOException {
    folder.read();
    folder.write("train/dog/2.png", Pictures.png("another"));
    folder.read();
    assertThat(folder.cacheFile().getParent()).isDirectoryContaining("glob:**/pets-*.safetensors");
    assertThat(folder.cacheFile().getParent().toFile().list()).hasSize(1);
  }

  @Test
  void aDamagedFileIsMadeAnewWhereverTheDamageIs() throws IOException {
    DecodedFolder fresh = folder.read();
    Path file = folder.cacheFile();
    byte[] good = Files.readAllBytes(file);
    folder.notices().clear();
    for (int at = 0; at < good.length; at += Math.max(1, good.length / 29)) {
      byte[] damaged = good.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertSame(folder.read(), fresh);
      assertThat(folder.decoded()).as("damage at byte %d of %d", at, good.length).isTrue();
      assertThat(file).hasBinaryContent(good);
    }
  }

  @Test
  void aTruncatedFileIsMadeAnewAndTheReasonIsTold() throws IOException {
    DecodedFolder fresh = folder.read();
    Path file = folder.cacheFile();
    byte[] good = Files.readAllBytes(file);
    for (int length : new int[] {0, 7, 8, 100, good.length / 2, good.length - 1}) {
      folder.notices().clear();
      Files.write(file, Arrays.copyOf(good, length));
      assertSame(folder.read(), fresh);
      assertThat(folder.notices())
          .hasSize(2)
          .first()
          .asString()
          .startsWith("decoded images in the cache are damaged and are made anew (" + file);
    }
  }

  @Test
  void aForeignFileIsReplaced() throws IOException {
    DecodedFolder fresh = folder.read();
    Path file = folder.cacheFile();
    TensorData tensor = TensorData.ints("train/pixels", new long[] {1}, new int[] {1});
    Safetensors.write(file, Map.of("format", "another"), List.of(tensor));
    assertSame(folder.read(), fresh);
    assertSame(folder.read(), fresh);
    Map<String, String> facts =
        Map.of("format", "bitloom-image-folder-3", "sources", fresh.sha256());
    Safetensors.write(file, facts, List.of(tensor));
    assertSame(folder.read(), fresh);
    folder.notices().clear();
    assertSame(folder.read(), fresh);
    assertThat(folder.decoded()).isFalse();
  }

  @Test
  void theFileOfAnotherFolderServesNobodyElse() throws IOException {
    folder.read();
    PictureFolder other = PictureFolder.in(place.resolve("other"));
    other.write("train/dog/2.png", Pictures.png("another"));
    DecodedFolder expected = other.read();
    Files.copy(folder.cacheFile(), other.cacheFile(), StandardCopyOption.REPLACE_EXISTING);
    assertSame(other.read(), expected);
  }

  @Test
  void aCacheThatCannotBeWrittenDoesNotStopTheReading() throws IOException {
    Files.write(folder.cache(), new byte[0]);
    DecodedFolder first = folder.read();
    assertThat(folder.notices())
        .hasSize(2)
        .last()
        .asString()
        .startsWith(
            "decoded images cannot be kept in "
                + folder.cacheFile()
                + " and will be decoded again next time (");
    folder.notices().clear();
    assertSame(folder.read(), first);
    assertThat(folder.decoded()).isTrue();
  }
}
