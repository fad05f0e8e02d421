package org.bitloom.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
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
