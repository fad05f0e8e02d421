package org.bitloom.images.packed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes a TIFF file of one directory. */
public final class TiffEssence {
  private static final int HEADER_BYTES = 8;
  private static final int ENTRY_BYTES = 12;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int INLINE_BYTES = 4;

  /** Sizes, and where pieces lie; the decoder of the JDK wants all others to be short. */
  private static final Set<Integer> LONGS = Set.of(256, 257, 273, 278, 279, 322, 323, 324, 325);

  private final ByteOrder order;
  private final TreeMap<Integer, long[]> entries = new TreeMap<>();
  private final List<byte[]> pieces;

  private TiffEssence(ByteOrder order, List<byte[]> pieces) {
    this.order = order;
    this.pieces = pieces;
  }

  /**
   * Writes a file.
   *
   * @param order of the bytes of a number, in the pixels too
   * @param entries numbers by their tags, less where the pieces lie
   * @param pieces strips or tiles
   * @param tiled whether they are tiles
   */
  public static byte[] write(
      ByteOrder order, Map<Integer, long[]> entries, List<byte[]> pieces, boolean tiled) {
    TiffEssence essence = new TiffEssence(order, pieces);
    essence.entries.putAll(entries);
    return essence.write(tiled ? 324 : 273, tiled ? 325 : 279);
  }

  private byte[] write(int placesTag, int lengthsTag) {
    long[] places = new long[pieces.size()];
    long[] lengths = pieces.stream().mapToLong(piece -> piece.length).toArray();
    entries.put(placesTag, places);
    entries.put(lengthsTag, lengths);
    int beyond = HEADER_BYTES + 2 + ENTRY_BYTES * entries.size() + 4;
    long at = beyond;
    for (Map.Entry<Integer, long[]> entry : entries.entrySet()) {
      at += bytesBeyond(entry.getKey(), entry.getValue().length);
    }
    for (int i = 0; i < places.length; i++) {
      places[i] = at;
      at += lengths[i];
    }
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(at)).order(order);
    byte mark = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
    out.put(mark).put(mark).putShort((short) 42).putInt(HEADER_BYTES);
    out.putShort((short) entries.size());
    for (Map.Entry<Integer, long[]> entry : entries.entrySet()) {
      beyond += put(out, entry.getKey(), entry.getValue(), beyond);
    }
    out.putInt(0).position(beyond);
    pieces.forEach(out::put);
    return out.array();
  }

  /** Writes an entry and returns the bytes that it has taken beyond the directory. */
  private static int put(ByteBuffer out, int tag, long[] numbers, int beyond) {
    int entry = out.position();
    out.putShort((short) tag).putShort((short) (isShort(tag) ? SHORT : LONG));
    out.putInt(numbers.length);
    int bytes = bytesBeyond(tag, numbers.length);
    int at = out.position();
    if (bytes > 0) {
      out.putInt(beyond);
      at = beyond;
    }
    for (long number : numbers) {
      if (isShort(tag)) {
        out.putShort(at, (short) number);
      } else {
        out.putInt(at, (int) number);
      }
      at += isShort(tag) ? 2 : 4;
    }
    out.position(entry + ENTRY_BYTES);
    return bytes;
  }

  private static int bytesBeyond(int tag, int count) {
    int bytes = count * (isShort(tag) ? 2 : 4);
    return bytes <= INLINE_BYTES ? 0 : bytes;
  }

  private static boolean isShort(int tag) {
    return !LONGS.contains(tag);
  }
}
