package org.bitloom.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bitloom.io.CorruptFileException;
import org.junit.jupiter.api.Test;

final class TarArchiveTest {
  private static final byte[] ARCHIVE =
      new TarBytes()
          .entry("set/", '5', new byte[0])
          .file("set/short", new byte[] {1, 2, 3})
          .entry("set/long", 'L', new byte[600])
          .entry("set/link", '2', new byte[0])
          .file("set/empty", new byte[0])
          .file("set/long", new byte[1_500])
          .file("set/block", new byte[512])
          .end();

  @Test
  void showsFilesInTheirOrderAndPassesOverTheRest() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    TarArchive.read(
        Path.of("a.tar"),
        new ByteArrayInputStream(ARCHIVE),
        (name, content) -> files.put(name, content.readAllBytes()));
    assertThat(files.keySet()).containsExactly("set/short", "set/empty", "set/long", "set/block");
    assertThat(files.get("set/short")).containsExactly(1, 2, 3);
    assertThat(files.get("set/empty")).isEmpty();
    assertThat(files.get("set/long")).isEqualTo(new byte[1_500]);
    assertThat(files.get("set/block")).isEqualTo(new byte[512]);
  }

  @Test
  void aVisitorMayLeaveContentUnread() throws IOException {
    StringBuilder firsts = new StringBuilder();
    TarArchive.read(
        Path.of("a.tar"),
        new ByteArrayInputStream(ARCHIVE),
        (name, content) -> firsts.append(content.read()).append(' '));
    assertThat(firsts).hasToString("1 -1 0 0 ");
  }

  @Test
  void everyTruncationIsRefused() {
    int whole = ARCHIVE.length - 512; // one block of zeros is an end
    for (int length = 0; length < whole; length += length < 1_600 ? 1 : 97) {
      byte[] cut = Arrays.copyOf(ARCHIVE, length);
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(CorruptFileException.class)
          .hasMessage(
              "a.tar: unpacked archive must end with a block of zeros, got its end without one");
    }
  }

  @Test
  void everyFlippedBitUnderTheChecksumOfAHeaderIsRefused() {
    for (int bit = 0; bit < 512 * 8; bit++) {
      if (bit / 8 >= 148 && bit / 8 < 156) {
        continue; // the checksum itself, where some characters mean the same
      }
      byte[] damaged = ARCHIVE.clone();
      damaged[512 + bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> read(damaged)).isInstanceOf(CorruptFileException.class);
    }
  }

  @Test
  void somethingElseIsRefusedAtTheChecksum() {
    byte[] text = new byte[1024];
    Arrays.fill(text, (byte) 'x');
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(CorruptFileException.class)
        .hasMessage("a.tar, byte 148: unpacked header must hold an octal number, got 'xxxxxxxx'");
  }

  @Test
  void aWrongChecksumNamesBoth() {
    byte[] damaged = ARCHIVE.clone();
    damaged[512] ^= 1;
    assertThatThrownBy(() -> read(damaged))
        .hasMessageMatching(
            "a.tar, byte 660: checksum of the unpacked header must be \\d+, got \\d+");
  }

  private static void read(byte[] archive) throws IOException {
    TarArchive.read(
        Path.of("a.tar"),
        new ByteArrayInputStream(archive),
        (name, content) -> content.readAllBytes());
  }
}
