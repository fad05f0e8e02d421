package org.bitloom.script;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives that two readers could see two things in, or that expand without end. */
class HostileZipTest {
  private static final int LOCAL = 30;
  private static final int LISTED = 46;
  private static final int END = 22;

  private static byte[] archive(String... names) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (String name : names) {
      entries.put(name, name.getBytes(StandardCharsets.UTF_8));
    }
    return ZipBytes.write(entries);
  }

  private static ByteBuffer fields(byte[] archive) {
    return ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns where the list begins. */
  private static int list(byte[] archive) {
    return fields(archive).getInt(archive.length - 6);
  }

  private static void assertRefused(byte[] archive, String why) {
    assertThatThrownBy(() -> ZipBytes.read(archive))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("zip archive must be whole, it is damaged: ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({"a/x, a/X", "a/größe, a/GRÖSSE", "a/x, a/ｘ", "a/straße, a/STRASSE"})
  void namesThatDifferOnlyByCaseOrFormAreRefused(String one, String other) {
    assertRefused(archive(one, other), "have one name for some readers");
  }

  @Test
  void oneNameTwiceIsRefused() {
    byte[] archive = archive("a/x", "a/y");
    archive[LOCAL + 6 + LOCAL + 2] = 'x';
    archive[list(archive) + LISTED + 3 + LISTED + 2] = 'x';
    assertRefused(archive, "two entries called a/x");
  }

  @ParameterizedTest
  @CsvSource({"14, crc", "18, packed", "22, unpacked", "6, flags", "8, method", "30, name"})
  void whatStandsInFrontOfTheContentMustBeWhatTheListSays(int at, String what) {
    byte[] archive = archive("a/x");
    archive[at] ^= 2;
    assertThatThrownBy(() -> ZipBytes.read(archive))
        .as(what)
        .hasMessageEndingWith("entry a/x must be described twice alike");
  }

  /** One stored entry whose content is another whole entry, which the list names too. */
  @Test
  void anEntryWithinAnotherIsRefused() {
    byte[] inner = archive("a/x");
    byte[] whole = ZipBytes.write(Map.of("a/y", Arrays.copyOf(inner, list(inner))));
    byte[] listed = Arrays.copyOfRange(inner, list(inner), inner.length - END);
    fields(listed).putInt(42, LOCAL + 3);
    byte[] end = Arrays.copyOfRange(whole, whole.length - END, whole.length);
    fields(end).putShort(8, (short) 2).putShort(10, (short) 2);
    fields(end).putInt(12, whole.length - END - list(whole) + listed.length);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(whole, 0, whole.length - END);
    bytes.writeBytes(listed);
    bytes.writeBytes(end);
    assertRefused(bytes.toByteArray(), "entry a/x must have its bytes for itself");
  }

  @Test
  void aBombIsRefusedUnread() {
    byte[] zeros = new byte[80_000_000];
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(zeros);
    deflater.finish();
    byte[] packed = new byte[200_000];
    int length = deflater.deflate(packed);
    deflater.end();
    byte[] archive = ZipBytes.write(Map.of("a/x", Arrays.copyOf(packed, length)));
    int list = list(archive);
    int crc = (int) ZipBytes.checksum(zeros);
    fields(archive).putShort(8, (short) 8).putInt(14, crc).putInt(22, zeros.length);
    fields(archive).putShort(list + 10, (short) 8).putInt(list + 16, crc);
    fields(archive).putInt(list + 24, zeros.length);
    assertRefused(archive, "unpack to more than 67");
  }

  @ParameterizedTest
  @CsvSource({
    "8, 65535, several parts",
    "10, 2, several parts",
    "16, 1, must end where its end begins",
    "12, 1, must end where its end begins",
    "4, 1, several parts",
    "20, 1, bytes after its end"
  })
  void anEndThatDescribesAnotherListIsRefused(int at, int value, String why) {
    byte[] archive = archive("a/x");
    fields(archive).putShort(archive.length - END + at, (short) value);
    assertRefused(archive, why);
  }

  @Test
  void bytesBehindTheEndAreRefused() {
    byte[] archive = archive("a/x");
    assertRefused(Arrays.copyOf(archive, archive.length + 1), "bytes after its end");
  }

  @Test
  void anArchiveBehindOtherBytesIsRefused() {
    byte[] archive = archive("a/x");
    byte[] behind = new byte[archive.length + 4];
    System.arraycopy(archive, 0, behind, 4, archive.length);
    System.arraycopy(archive, 0, behind, 0, 4);
    assertRefused(behind, "its list must end where its end begins");
  }

  @Test
  void moreEntriesThanAreListedAreRefused() {
    byte[] archive = archive("a/x");
    fields(archive).putShort(archive.length - END + 8, (short) 60_000);
    fields(archive).putShort(archive.length - END + 10, (short) 60_000);
    assertRefused(archive, "its list must have 60000 entries, got 1");
  }

  @ParameterizedTest
  @CsvSource({"0, got a?x", "92, backslash", "255, must be UTF-8"})
  void namesThatReadersTakeDifferentlyAreRefused(int letter, String why) {
    byte[] archive = archive("a/x");
    archive[LOCAL + 1] = (byte) letter;
    archive[list(archive) + LISTED + 1] = (byte) letter;
    assertRefused(archive, why);
  }

  @ParameterizedTest
  @CsvSource({"2147483647", "-1"})
  void anEntryBeyondTheListIsRefused(int at) {
    byte[] archive = archive("a/x");
    fields(archive).putInt(list(archive) + 42, at);
    assertRefused(archive, "must lie in front of the list");
  }

  @Test
  void anEncryptedEntryIsRefused() {
    byte[] archive = archive("a/x");
    archive[6] |= 1;
    archive[list(archive) + 8] |= 1;
    assertRefused(archive, "is encrypted or of a new form");
  }
}
