package org.bitloom.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.bitloom.data.IdxBytes;
import org.bitloom.io.CorruptFileException;
import org.junit.jupiter.api.Test;

final class TarArchiveTest {
  private static final Path PATH = Path.of("a.tar");
  private static final String LONG = "set/" + "long".repeat(40);
  private static final byte[] ARCHIVE =
      new TarBytes()
          .entry("set/", TarConstants.LF_DIR)
          .file("set/short", new byte[] {1, 2, 3})
          .entry("set/link", TarConstants.LF_SYMLINK)
          .entry("set/twin", TarConstants.LF_LINK)
          .file("set/empty", new byte[0])
          .file(LONG, new byte[1_500])
          .file("set/block", new byte[512])
          .end();

  @Test
  void showsFilesInTheirOrderAndPassesOverTheRest() throws IOException {
    Map<String, byte[]> files = read(ARCHIVE);
    assertThat(files.keySet()).containsExactly("set/short", "set/empty", LONG, "set/block");
    assertThat(files.get("set/short")).containsExactly(1, 2, 3);
    assertThat(files.get("set/empty")).isEmpty();
    assertThat(files.get(LONG)).isEqualTo(new byte[1_500]);
    assertThat(files.get("set/block")).isEqualTo(new byte[512]);
  }

  @Test
  void aVisitorMayLeaveContentUnread() throws IOException {
    StringBuilder firsts = new StringBuilder();
    TarArchive.read(
        PATH,
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
          .as("%d bytes", length)
          .isInstanceOf(CorruptFileException.class)
          .hasMessageStartingWith("a.tar: unpacked archive must be a whole tar archive, got ");
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
  void somethingElseIsRefused() {
    byte[] text = new byte[1024];
    Arrays.fill(text, (byte) 'x');
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageStartingWith("a.tar: unpacked archive must be a whole tar archive, got ");
  }

  @Test
  void aWrongChecksumNamesTheFile() {
    byte[] damaged = ARCHIVE.clone();
    damaged[512] ^= 1;
    assertThatThrownBy(() -> read(damaged))
        .hasMessage(
            "a.tar: unpacked archive must be a whole tar archive, got a header with another"
                + " checksum: ret/short");
  }

  @Test
  void damageOfThePackingIsDamageOfTheArchive() throws IOException {
    byte[] packed = IdxBytes.gzip(ARCHIVE);
    InputStream cut = new GZIPInputStream(new ByteArrayInputStream(packed, 0, packed.length / 2));
    assertThatThrownBy(() -> TarArchive.read(PATH, cut, (name, content) -> content.readAllBytes()))
        .isInstanceOf(CorruptFileException.class);
  }

  @Test
  void whatTheVisitorThrowsIsNotTheFaultOfTheArchive() {
    assertThatThrownBy(
            () ->
                TarArchive.read(
                    PATH,
                    new ByteArrayInputStream(ARCHIVE),
                    (name, content) -> {
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
  }

  private static Map<String, byte[]> read(byte[] archive) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    TarArchive.read(
        PATH,
        new ByteArrayInputStream(archive),
        (name, content) -> files.put(name, content.readAllBytes()));
    return files;
  }
}
