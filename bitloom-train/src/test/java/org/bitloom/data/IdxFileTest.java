package org.bitloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bitloom.error.FailureException;
import org.bitloom.io.FileKind;
import org.junit.jupiter.api.Test;

final class IdxFileTest {
  private static final byte[] SMALL =
      IdxBytes.of(new int[] {2, 1, 3}, new byte[] {1, 2, 3, 4, 5, -1});

  @Test
  void readsSizesAndValues() throws IOException {
    IdxFile file = read(SMALL, 3);
    assertThat(file.sizes()).containsExactly(2, 1, 3);
    assertThat(file.values()).containsExactly(1, 2, 3, 4, 5, -1);
  }

  @Test
  void gzippedAndPlainFilesAreTheSame() throws IOException {
    IdxFile plain = read(SMALL, 3);
    IdxFile packed = read(IdxBytes.gzip(SMALL), 3);
    assertThat(packed.values()).isEqualTo(plain.values());
    assertThat(packed.sha256()).isEqualTo(plain.sha256());
  }

  @Test
  void everyTruncationIsRefusedWithTheExpectedAndTheFoundLength() {
    for (int length = 0; length < SMALL.length; length++) {
      byte[] cut = Arrays.copyOf(SMALL, length);
      assertThatThrownBy(() -> read(cut, 3))
          .isInstanceOf(FailureException.class)
          .hasMessageStartingWith("file: ")
          .hasMessageContaining("must be")
          .hasMessageContaining("found");
    }
  }

  @Test
  void everyTruncationOfAGzippedFileIsRefused() {
    byte[] packed = IdxBytes.gzip(SMALL);
    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> read(cut, 3)).isInstanceOf(FailureException.class);
    }
  }

  @Test
  void bytesAfterTheEndAreRefused() {
    byte[] longer = Arrays.copyOf(SMALL, SMALL.length + 1);
    assertThatThrownBy(() -> read(longer, 3))
        .isInstanceOf(FailureException.class)
        .hasMessage("file: length must be 22 bytes, found more");
  }

  @Test
  void aForeignMagicIsNamedInHexadecimal() {
    byte[] labels = IdxBytes.of(new int[] {2}, new byte[] {1, 2});
    assertThatThrownBy(() -> read(labels, 3))
        .hasMessage("file: bytes 0..3 must be 0x00000803, found 0x00000801");
  }

  @Test
  void aSizeThatOverflowsIsRefusedBeforeAnythingIsAllocated() {
    byte[] huge = IdxBytes.of(new int[] {1 << 30, 1 << 20, 1}, new byte[0]);
    assertThatThrownBy(() -> read(huge, 3))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("size at byte 8 must be");
  }

  @Test
  void aLengthThatIsOnlyClaimedDoesNotExhaustMemory() {
    byte[] claim = IdxBytes.of(new int[] {2_000_000_000}, new byte[100]);
    assertThatThrownBy(() -> read(claim, 1))
        .hasMessage("file: length must be 2000000008 bytes, found 108 bytes");
  }

  @Test
  void aSizeOfZeroIsRefused() {
    byte[] empty = IdxBytes.of(new int[] {0}, new byte[0]);
    assertThatThrownBy(() -> read(empty, 1))
        .hasMessageContaining("size at byte 4 must be at least 1")
        .hasMessageEndingWith("found 0");
  }

  @Test
  void arraysOfOtherNumbersAreNamedWithWhatToDo() {
    String[] types = {"", "signed bytes", "", "integers of 16 bits", "integers of 32 bits"};
    for (int type : new int[] {9, 0x0B, 0x0C, 0x0D, 0x0E}) {
      byte[] other = SMALL.clone();
      other[2] = (byte) type;
      String name = type < 0x0D ? types[type - 8] : "floats of " + (type == 0x0D ? 32 : 64);
      assertThatThrownBy(() -> read(other, 3))
          .isInstanceOfSatisfying(
              FailureException.class, e -> assertThat(e.hint()).contains("astype('uint8')"))
          .hasMessageContaining(name)
          .hasMessageContaining("in place of unsigned bytes");
    }
  }

  @Test
  void anArrayOfOtherDimensionsIsNotCalledDamaged() {
    byte[] colour = IdxBytes.of(new int[] {1, 2, 2, 3}, new byte[12]);
    assertThatThrownBy(() -> read(colour, 3))
        .isInstanceOfSatisfying(
            FailureException.class,
            e ->
                assertThat(e.hint())
                    .contains("this one has 4; colour images")
                    .doesNotContain("undamaged"));
    byte[] labels = IdxBytes.of(new int[] {2}, new byte[] {1, 2});
    assertThatThrownBy(() -> read(labels, 3))
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.hint()).contains("images have 3, labels 1"));
  }

  @Test
  void filesOfOtherKindsAreNamed() {
    for (String text :
        new String[] {"<html>404</html>", "version https://git-lfs.github.com/", ""}) {
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      FileKind kind = FileKind.of(content);
      assertThatThrownBy(() -> read(content, 3))
          .isInstanceOfSatisfying(
              FailureException.class, e -> assertThat(e.hint()).isEqualTo(kind.advice()))
          .hasMessage("file: file must be an idx file, found " + kind.title());
    }
  }

  @Test
  void labelsOfQmnistAreTheFirstOfEightNumbers() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(12 + 2 * 32).putInt(0x0C02).putInt(2).putInt(8);
    file.putInt(12, 7).putInt(16, 999).putInt(44, 3);
    assertThat(read(file.array(), 1).values()).containsExactly(7, 3);
    byte[] cut = Arrays.copyOf(file.array(), 75);
    assertThatThrownBy(() -> read(cut, 1))
        .hasMessage("file: length must be 76 bytes, found 75 bytes");
    file.putInt(44, 256);
    assertThatThrownBy(() -> read(file.array(), 1)).hasMessageContaining("label 1 must be 0..255");
  }

  private static IdxFile read(byte[] bytes, int dimensions) throws IOException {
    return IdxFile.read(new DataFile("file", () -> new ByteArrayInputStream(bytes)), dimensions);
  }
}
