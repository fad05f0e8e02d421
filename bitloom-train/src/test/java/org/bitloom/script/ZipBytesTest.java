package org.bitloom.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;

class ZipBytesTest {
  private static Map<String, byte[]> contents() {
    byte[] noise = new byte[20_000];
    Seeds.random().nextBytes(noise);
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put("a/zeros", new byte[30_000]);
    contents.put("a/noise", noise);
    contents.put("a/größe", new byte[] {1});
    contents.put("a/empty", new byte[0]);
    return contents;
  }

  private static byte[] deflated(Map<String, byte[]> contents, String comment) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setComment(comment);
      for (Map.Entry<String, byte[]> content : contents.entrySet()) {
        zip.putNextEntry(new ZipEntry(content.getKey()));
        zip.write(content.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static void assertSame(Map<String, byte[]> found, Map<String, byte[]> expected) {
    assertThat(found).usingRecursiveComparison().isEqualTo(expected);
    assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
  }

  @Test
  void whatIsWrittenIsReadAgainAndByTheJdkToo() throws IOException {
    byte[] bytes = ZipBytes.write(contents());
    assertSame(ZipBytes.read(bytes), contents());
    Map<String, byte[]> byJdk = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byJdk.put(entry.getName(), zip.readAllBytes());
      }
    }
    assertSame(byJdk, contents());
  }

  @Test
  void packedEntriesAndCommentsAreRead() throws IOException {
    assertSame(ZipBytes.read(deflated(contents(), null)), contents());
    assertSame(ZipBytes.read(deflated(contents(), "x".repeat(0xffff))), contents());
  }

  @Test
  void otherBytesAreNoArchive() {
    for (int length : new int[] {0, 1, 21, 22, 100_000}) {
      assertThatThrownBy(() -> ZipBytes.read(new byte[length]))
          .as("%d bytes", length)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("file must be a zip archive, it is none");
    }
  }

  /** As PyTorch writes: lengths behind the content, and padding before it, in the extra field. */
  @Test
  void storedEntriesWithTheirLengthsBehindThemAreRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> content : contents().entrySet()) {
        ZipArchiveEntry entry = new ZipArchiveEntry(content.getKey());
        entry.setMethod(ZipEntry.STORED);
        entry.setAlignment(64);
        entry.setSize(content.getValue().length);
        entry.setCrc(ZipBytes.checksum(content.getValue()));
        entry.getGeneralPurposeBit().useDataDescriptor(true);
        zip.putArchiveEntry(entry);
        zip.write(content.getValue());
        zip.closeArchiveEntry();
      }
    }
    assertSame(ZipBytes.read(bytes.toByteArray()), contents());
  }

  @Test
  void twoEntriesOfOneNameAreRefused() throws IOException {
    byte[] bytes = deflated(Map.of("a/1", new byte[9], "a/2", new byte[9]), null);
    for (int i = 0; i + 3 <= bytes.length; i++) {
      if (bytes[i] == 'a' && bytes[i + 1] == '/' && bytes[i + 2] == '2') {
        bytes[i + 2] = '1';
      }
    }
    assertThatThrownBy(() -> ZipBytes.read(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("zip archive must be whole, it is damaged: two entries called a/1");
  }

  @Test
  void anArchiveThatUnpacksToFarMoreThanItsLengthIsRefusedUnread() throws IOException {
    byte[] bytes = deflated(Map.of("a", new byte[1000]), null);
    ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int central = fields.getInt(bytes.length - 6); // the place of the only entry's description
    fields.putInt(central + 24, Integer.MAX_VALUE); // the length it claims to have
    assertThatThrownBy(() -> ZipBytes.read(bytes))
        .hasMessageContaining("it is damaged: its entries unpack to more than 67");
    fields.putInt(central + 24, 999);
    assertThatThrownBy(() -> ZipBytes.read(bytes))
        .hasMessageEndingWith("entry a has more or less than its bytes");
    fields.putInt(central + 24, 1001);
    assertThatThrownBy(() -> ZipBytes.read(bytes))
        .hasMessageEndingWith("entry a has more or less than its bytes");
  }

  /** The engine knows nothing of a second name in an extra field. */
  @Test
  void theNameIsTheOneThatTheEngineSees() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      ZipArchiveEntry entry = new ZipArchiveEntry("seen");
      byte[] name = "seen".getBytes(StandardCharsets.UTF_8);
      entry.addExtraField(new UnicodePathExtraField("other", name));
      zip.putArchiveEntry(entry);
      zip.closeArchiveEntry();
    }
    assertThat(ZipBytes.read(bytes.toByteArray())).containsOnlyKeys("seen");
  }

  @Test
  void everyTruncationAndEveryDamageIsRefusedOrHarmless() throws IOException {
    Map<String, byte[]> small = new LinkedHashMap<>();
    small.put("stored", new byte[] {1, 2, 3, 4, 5});
    byte[] packed = deflated(small, null);
    for (byte[] whole : new byte[][] {packed, ZipBytes.write(small)}) {
      for (int at = 0; at < whole.length; at++) {
        byte[] part = Arrays.copyOf(whole, at);
        assertThatThrownBy(() -> ZipBytes.read(part)).isInstanceOf(IllegalArgumentException.class);
        for (int bit = 0; bit < Byte.SIZE; bit++) {
          byte[] damaged = whole.clone();
          damaged[at] ^= (byte) (1 << bit);
          readOrRefuse(damaged, small.get("stored"));
        }
      }
    }
  }

  /** Fields that nobody reads may change; content must not. */
  private static void readOrRefuse(byte[] damaged, byte[] content) {
    try {
      ZipBytes.read(damaged).values().forEach(found -> assertThat(found).isEqualTo(content));
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("zip archive");
    }
  }
}
