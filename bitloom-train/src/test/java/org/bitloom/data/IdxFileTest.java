package org.bitloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.bitloom.error.FailureException;
import org.junit.jupiter.api.Test;

final class IdxFileTest {
  private static final byte[] SMALL =
      IdxBytes.of(new int[] {2, 1, 3}, new byte[] {1, 2, 3, 4, 5, -1});

  @Test
  void readsSizesAndValues() throws IOException {
    IdxFile file = read(SMALL, false, 3);
    assertThat(file.sizes()).containsExactly(2, 1, 3);
    assertThat(file.values()).containsExactly(1, 2, 3, 4, 5, -1);
  }

  @Test
  void gzippedAndPlainFilesAreTheSame() throws IOException {
    IdxFile plain = read(SMALL, false, 3);
    IdxFile packed = read(IdxBytes.gzip(SMALL), true, 3);
    assertThat(packed.values()).isEqualTo(plain.values());
    assertThat(packed.sha256()).isEqualTo(plain.sha256());
  }

  @Test
  void everyTruncationIsRefusedWithTheExpectedAndTheFoundLength() {
    for (int length = 0; length < SMALL.length; length++) {
      byte[] cut = Arrays.copyOf(SMALL, length);
      assertThatThrownBy(() -> read(cut, false, 3))
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
      assertThatThrownBy(() -> read(cut, true, 3)).isInstanceOf(FailureException.class);
    }
  }

  @Test
  void bytesAfterTheEndAreRefused() {
    byte[] longer = Arrays.copyOf(SMALL, SMALL.length + 1);
    assertThatThrownBy(() -> read(longer, false, 3))
        .isInstanceOf(FailureException.class)
        .hasMessage("file: length must be 22 bytes, found more");
  }

  @Test
  void aForeignMagicIsNamedInHexadecimal() {
    byte[] labels = IdxBytes.of(new int[] {2}, new byte[] {1, 2});
    assertThatThrownBy(() -> read(labels, false, 3))
        .hasMessage("file: bytes 0..3 must be 0x00000803, found 0x00000801");
  }

  @Test
  void aSizeThatOverflowsIsRefusedBeforeAnythingIsAllocated() {
    byte[] huge = IdxBytes.of(new int[] {1 << 30, 1 << 20, 1}, new byte[0]);
    assertThatThrownBy(() -> read(huge, false, 3))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("size at byte 8 must be");
  }

  @Test
  void aLengthThatIsOnlyClaimedDoesNotExhaustMemory() {
    byte[] claim = IdxBytes.of(new int[] {2_000_000_000}, new byte[100]);
    assertThatThrownBy(() -> read(claim, false, 1))
        .hasMessage("file: length must be 2000000008 bytes, found 108 bytes");
  }

  @Test
  void aSizeOfZeroIsRefused() {
    byte[] empty = IdxBytes.of(new int[] {0}, new byte[0]);
    assertThatThrownBy(() -> read(empty, false, 1))
        .hasMessageContaining("size at byte 4 must be at least 1")
        .hasMessageEndingWith("found 0");
  }

  private static IdxFile read(byte[] bytes, boolean gzipped, int dimensions) throws IOException {
    return IdxFile.read(
        new DataFile("file", gzipped, () -> new ByteArrayInputStream(bytes)), dimensions);
  }
}
