package org.bitloom.images.packed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tags of whole numbers in the first directory of a TIFF file.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0</a>
 */
public final class TiffTags {
  private static final int HEADER_BYTES = 8;
  private static final int ENTRY_BYTES = 12;
  private static final int INLINE_BYTES = 4;
  private static final int MOST_DIRECTORIES = 1000;
  private static final int KIND_OF_IMAGE = 254;

  private final ByteBuffer file;
  private final Map<Integer, long[]> values = new TreeMap<>();

  private TiffTags(ByteBuffer file) {
    this.file = file;
  }

  /** Says in which order the bytes of a number stand in a TIFF file. */
  public static ByteOrder order(byte[] file) {
    return file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  /**
   * Reads the first directory and checks that the file holds no second image; smaller versions and
   * masks of the first are none.
   *
   * @throws IllegalArgumentException if it does, or is damaged
   * @throws IndexOutOfBoundsException if it is cut off
   */
  public static TiffTags parse(byte[] file) {
    ByteBuffer fields = ByteBuffer.wrap(file).order(order(file));
    long at = fields.getInt(INLINE_BYTES) & 0xffffffffL;
    TiffTags first = null;
    for (int count = 0; at != 0; count++) {
      if (count == MOST_DIRECTORIES || at < HEADER_BYTES) {
        throw new IllegalArgumentException("damaged: place of a directory");
      }
      TiffTags tags = new TiffTags(fields);
      at = tags.read(at);
      if (first == null) {
        first = tags;
      } else if (tags.one(KIND_OF_IMAGE, 0) == 0) {
        throw new IllegalArgumentException("holds several images, must be one");
      }
    }
    if (first == null) {
      throw new IllegalArgumentException("no image data before its end");
    }
    return first;
  }

  /** Returns where the next directory is. */
  private long read(long from) {
    int at = place(from);
    int entries = file.getShort(at) & 0xffff;
    int end = at + 2 + entries * ENTRY_BYTES;
    long next = file.getInt(end) & 0xffffffffL;
    for (int entry = at + 2; entry < end; entry += ENTRY_BYTES) {
      int bytes = bytes(file.getShort(entry + 2));
      if (bytes > 0) {
        values.put(file.getShort(entry) & 0xffff, numbers(entry, bytes));
      }
    }
    return next;
  }

  private int place(long at) {
    if (at >= file.limit()) {
      throw new IndexOutOfBoundsException("at " + at);
    }
    return (int) at;
  }

  private long[] numbers(int entry, int bytes) {
    long count = file.getInt(entry + 4) & 0xffffffffL;
    boolean inline = count * bytes <= INLINE_BYTES;
    int at = inline ? entry + 8 : place(file.getInt(entry + 8) & 0xffffffffL);
    if (count * bytes > file.limit() - at) { // before memory is taken for so many
      throw new IndexOutOfBoundsException("tag at " + entry);
    }
    long[] numbers = new long[(int) count];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (bytes) {
            case 1 -> file.get(at + i) & 0xff;
            case 2 -> file.getShort(at + 2 * i) & 0xffff;
            default -> file.getInt(at + 4 * i) & 0xffffffffL;
          };
    }
    return numbers;
  }

  /** Returns the bytes of an unsigned number of a type, 0 for other types. */
  private static int bytes(int type) {
    return switch (type) {
      case 1 -> 1;
      case 3 -> 2;
      case 4, 13 -> 4;
      default -> 0;
    };
  }

  /** Returns all numbers of a tag, none if it is missing. */
  public long[] all(int tag) {
    return values.getOrDefault(tag, new long[0]).clone();
  }

  /** Returns the first number of a tag. */
  public int one(int tag, int otherwise) {
    long[] found = values.getOrDefault(tag, new long[0]);
    if (found.length > 0 && found[0] > Integer.MAX_VALUE) {
      if (tag == 278) { // rows of a strip: no end means all of them
        return Integer.MAX_VALUE;
      }
      throw new IllegalArgumentException("damaged: tag " + tag + " is " + found[0]);
    }
    return found.length == 0 ? otherwise : (int) found[0];
  }
}
