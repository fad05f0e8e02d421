package org.bitloom.script;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/**
 * Checks where the entries of a zip archive lie and what they are called, so that every reader of
 * the archive sees the same ones: no two share bytes or a name, and the list at the end says of
 * each what stands in front of it.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the format</a>
 */
final class ZipLayout {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int END64_SIGNATURE = 0x06064b50;
  private static final int END64_LENGTH = 56;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int LISTED_SIGNATURE = 0x02014b50;
  private static final int LISTED_LENGTH = 46;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int LOCAL_LENGTH = 30;
  private static final int LONGEST_COMMENT = 0xffff;

  private static final int MOST_ENTRIES = 100_000;
  private static final int LONGEST_NAME = 1000;

  /** Lengths behind the content, text in UTF-8, and two bits that only tell how it was packed. */
  private static final int KNOWN_FLAGS = 1 << 3 | 1 << 11 | 1 << 1 | 1 << 2;

  private static final int LENGTHS_BEHIND = 1 << 3;

  private final ByteBuffer bytes;
  private final List<Entry> entries = new ArrayList<>();

  /** What the list says of an entry, and where its content ends. */
  private record Entry(String name, int flags, int method, int crc, Lengths lengths, int at) {}

  private record Lengths(long packed, long unpacked) {}

  private ZipLayout(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Checks an archive.
   *
   * @throws ZipException if two readers could see two things in it
   * @throws IndexOutOfBoundsException if it is cut off
   */
  static void check(byte[] archive) throws ZipException {
    ZipLayout layout = new ZipLayout(archive);
    layout.readList();
    layout.checkNames();
    layout.checkPlaces();
  }

  private static void require(boolean holds, String otherwise) throws ZipException {
    if (!holds) {
      throw new ZipException(otherwise);
    }
  }

  private int unsignedShort(int at) {
    return bytes.getShort(at) & 0xffff;
  }

  private long unsignedInt(int at) {
    return bytes.getInt(at) & 0xffffffffL;
  }

  private int end() throws ZipException {
    int last = bytes.limit() - END_LENGTH;
    for (int at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
      if (bytes.getInt(at) == END_SIGNATURE) {
        require(at + END_LENGTH + unsignedShort(at + 20) == bytes.limit(), "bytes after its end");
        return at;
      }
    }
    throw new ZipException("it has no end");
  }

  /** Finds the list and reads it, entry by entry, to its last byte. */
  private void readList() throws ZipException {
    int end = end();
    long count = unsignedShort(end + 10);
    long length = unsignedInt(end + 12);
    long begin = unsignedInt(end + 16);
    require(bytes.getInt(end + 4) == 0 && unsignedShort(end + 8) == count, "it has several parts");
    int locator = end - LOCATOR_LENGTH;
    boolean large = locator >= END64_LENGTH && bytes.getInt(locator) == LOCATOR_SIGNATURE;
    int behind = large ? locator - END64_LENGTH : end;
    if (large) {
      require(
          bytes.getLong(locator + 8) == behind
              && bytes.getInt(locator + 4) == 0
              && bytes.getInt(locator + 16) == 1
              && bytes.getInt(behind) == END64_SIGNATURE
              && bytes.getLong(behind + 4) == END64_LENGTH - 12
              && bytes.getLong(behind + 16) == 0
              && isSame(count, 0xffff, bytes.getLong(behind + 24))
              && isSame(count, 0xffff, bytes.getLong(behind + 32))
              && isSame(length, 0xffffffffL, bytes.getLong(behind + 40))
              && isSame(begin, 0xffffffffL, bytes.getLong(behind + 48)),
          "its two ends disagree");
      count = bytes.getLong(behind + 32);
      length = bytes.getLong(behind + 40);
      begin = bytes.getLong(behind + 48);
    }
    require(
        count >= 0 && count <= MOST_ENTRIES,
        "it must have at most " + MOST_ENTRIES + " entries, got " + count);
    require(
        begin >= 0 && length >= 0 && begin <= behind && begin + length == behind,
        "its list must end where its end begins");
    readList((int) begin, behind, (int) count);
  }

  private static boolean isSame(long small, long unknown, long large) {
    return small == unknown || small == large;
  }

  private void readList(int begin, int end, int count) throws ZipException {
    int at = begin;
    for (int i = 0; i < count; i++) {
      require(
          end - at >= LISTED_LENGTH && bytes.getInt(at) == LISTED_SIGNATURE,
          "its list must have " + count + " entries, got " + i);
      int nameLength = unsignedShort(at + 28);
      String name = name(at + LISTED_LENGTH, nameLength);
      Lengths lengths = new Lengths(unsignedInt(at + 20), unsignedInt(at + 24));
      long offset = unsignedInt(at + 42);
      require(
          unsignedShort(at + 34) == 0 && offset < begin - LOCAL_LENGTH,
          "entry " + name + " must lie in front of the list");
      entries.add(
          new Entry(
              name,
              unsignedShort(at + 8),
              unsignedShort(at + 10),
              bytes.getInt(at + 16),
              lengths,
              (int) offset));
      at += LISTED_LENGTH + nameLength + unsignedShort(at + 30) + unsignedShort(at + 32);
    }
    require(at == end, "its list must have no more than its entries");
    for (Entry entry : entries) {
      require(contentEnd(entry) <= begin, "entry " + entry.name() + " runs into the list");
    }
  }

  private String name(int at, int length) throws ZipException {
    require(
        length > 0 && length <= LONGEST_NAME,
        "names must have 1.." + LONGEST_NAME + " bytes, got " + length);
    String name;
    try {
      name = StandardCharsets.UTF_8.newDecoder().decode(bytes.slice(at, length)).toString();
    } catch (CharacterCodingException e) {
      throw (ZipException) new ZipException("names must be UTF-8").initCause(e);
    }
    boolean plain = name.codePoints().noneMatch(c -> c == '\\' || Character.isISOControl(c));
    require(plain, "names must have no control characters and no backslash, got " + name);
    return name;
  }

  /** Compares an entry with what stands in front of its content; returns where that ends. */
  private long contentEnd(Entry entry) throws ZipException {
    int at = entry.at();
    String name = entry.name();
    require(
        (entry.flags() & ~KNOWN_FLAGS) == 0, "entry " + name + " is encrypted or of a new form");
    boolean stored = entry.method() == ZipEntry.STORED;
    require(
        stored || entry.method() == ZipEntry.DEFLATED,
        "entry " + name + " is packed by other means");
    Lengths lengths = entry.lengths();
    require(
        !stored || lengths.packed() == lengths.unpacked(),
        "entry " + name + " has more or less than its bytes");
    require(
        bytes.getInt(at) == LOCAL_SIGNATURE
            && unsignedShort(at + 6) == entry.flags()
            && unsignedShort(at + 8) == entry.method()
            && name(at + LOCAL_LENGTH, unsignedShort(at + 26)).equals(name)
            && isRepeated(bytes.getInt(at + 14), entry.crc(), entry)
            && isRepeated(bytes.getInt(at + 18), (int) lengths.packed(), entry)
            && isRepeated(bytes.getInt(at + 22), (int) lengths.unpacked(), entry),
        "entry " + name + " must be described twice alike");
    return (long) at
        + LOCAL_LENGTH
        + unsignedShort(at + 26)
        + unsignedShort(at + 28)
        + lengths.packed();
  }

  /** A number in front of the content may be left to those behind it. */
  private static boolean isRepeated(int local, int listed, Entry entry) {
    return local == listed || (local == 0 && (entry.flags() & LENGTHS_BEHIND) != 0);
  }

  /** The engine looks names up without regard to case. */
  private void checkNames() throws ZipException {
    Map<String, String> seen = new HashMap<>();
    for (Entry entry : entries) {
      String plain = Normalizer.normalize(entry.name(), Normalizer.Form.NFKC);
      String other =
          seen.put(plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), entry.name());
      require(
          other == null,
          entry.name().equals(other)
              ? "two entries called " + other
              : "entries " + other + " and " + entry.name() + " have one name for some readers");
    }
  }

  private void checkPlaces() throws ZipException {
    List<Entry> inOrder = new ArrayList<>(entries);
    inOrder.sort(Comparator.comparingInt(Entry::at));
    long free = 0;
    for (Entry entry : inOrder) {
      require(entry.at() >= free, "entry " + entry.name() + " must have its bytes for itself");
      free = contentEnd(entry);
    }
  }
}
