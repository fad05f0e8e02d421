package org.bitloom.seal;

import com.google.zxing.common.reedsolomon.GenericGF;
import com.google.zxing.common.reedsolomon.ReedSolomonDecoder;
import com.google.zxing.common.reedsolomon.ReedSolomonEncoder;
import com.google.zxing.common.reedsolomon.ReedSolomonException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.bitloom.payload.Capacity;
import org.bitloom.payload.ContainerWriter;
import org.bitloom.payload.FreeBits;

/**
 * Adds parity to the container at the beginning of free bits, and repairs it.
 *
 * <p>Byte i of container and parity belongs to codeword i mod D, so that a burst of damage is
 * shared by all of them; docs/format.md, section 7, tells the layout and the code.
 */
final class Parity {
  /** Parity bytes in each codeword; half as many wrong bytes can be repaired. */
  static final int BYTES = 32;

  private static final int CODEWORD = 255;
  private static final int DATA = CODEWORD - BYTES;
  private static final int HEAD_DATA = 24;
  private static final long MAGIC = 0x0A0D_6363_456C_4289L; // 89 "BlEcc" 0D 0A
  private static final int VERSION = 1;

  /** Codewords that are read and written together. */
  private static final int GROUP = 64;

  private static final GenericGF FIELD = GenericGF.QR_CODE_FIELD_256;

  private final FreeBits bits;
  private final long length;
  private final long codewords;
  private final int rows;

  private Parity(FreeBits bits, long length) {
    this.bits = bits;
    this.length = length;
    this.codewords = codewords(length);
    this.rows = (int) ((length + codewords - 1) / codewords);
  }

  /**
   * Tells how a repair went.
   *
   * @param bytes wrong bytes that were set right
   * @param failed codewords that have too many wrong bytes
   * @param codewords all codewords
   */
  record Repair(long bytes, long failed, long codewords) {}

  private static long codewords(long length) {
    return (length + DATA - 1) / DATA;
  }

  /** Returns the bytes of free bits that a container of {@code length} bytes needs with parity. */
  static long neededBytes(long length) {
    return length + BYTES * codewords(length) + CODEWORD;
  }

  /** Adds parity to the container of {@code length} bytes. */
  static void add(FreeBits bits, long length) {
    Capacity capacity = bits.capacity();
    ContainerWriter.requireFit(neededBytes(length), capacity);
    new Parity(bits, length).encode();
    ByteBuffer head =
        ByteBuffer.allocate(HEAD_DATA)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(MAGIC)
            .put((byte) VERSION)
            .put((byte) BYTES)
            .putLong(12, length);
    head.putInt(20, checksum(head.array()));
    int[] codeword = new int[CODEWORD];
    for (int i = 0; i < HEAD_DATA; i++) {
      codeword[i] = head.get(i) & 0xFF;
    }
    new ReedSolomonEncoder(FIELD).encode(codeword, CODEWORD - HEAD_DATA);
    bits.write(capacity.bytes() - CODEWORD, bytes(codeword), 0, CODEWORD);
  }

  private static int checksum(byte[] head) {
    CRC32C checksum = new CRC32C();
    checksum.update(head, 0, 20);
    return (int) checksum.getValue();
  }

  private static byte[] bytes(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** Returns the length of the container as told at the end of the free bits, if it is. */
  static OptionalLong containerBytes(FreeBits bits) {
    long end = bits.capacity().bytes();
    if (end < CODEWORD) {
      return OptionalLong.empty();
    }
    byte[] stored = new byte[CODEWORD];
    bits.read(end - CODEWORD, stored, 0, CODEWORD);
    int[] codeword = new int[CODEWORD];
    for (int i = 0; i < CODEWORD; i++) {
      codeword[i] = stored[i] & 0xFF;
    }
    try {
      new ReedSolomonDecoder(FIELD).decode(codeword, CODEWORD - HEAD_DATA);
    } catch (ReedSolomonException | RuntimeException e) { // noise may confuse the decoder
      return OptionalLong.empty();
    }
    ByteBuffer head = ByteBuffer.wrap(bytes(codeword)).order(ByteOrder.LITTLE_ENDIAN);
    boolean ours =
        head.getLong(0) == MAGIC
            && head.getInt(20) == checksum(head.array())
            && head.getInt(8) == (VERSION | (BYTES << 8));
    return ours ? checked(bits, head.getLong(12)) : OptionalLong.empty();
  }

  /** Returns {@code length} if a container so long has its parity within the free bits. */
  static OptionalLong checked(FreeBits bits, long length) {
    long end = bits.capacity().bytes();
    boolean fits = length > 0 && length <= end && neededBytes(length) <= end;
    return fits ? OptionalLong.of(length) : OptionalLong.empty();
  }

  /** Repairs the container of {@code length} bytes in its place, as far as it can be. */
  static Repair repair(FreeBits bits, long length) {
    return new Parity(bits, length).decode();
  }

  private void encode() {
    ReedSolomonEncoder encoder = new ReedSolomonEncoder(FIELD);
    for (long first = 0; first < codewords; first += GROUP) {
      int count = (int) Math.min(GROUP, codewords - first);
      int[][] group = data(first, count);
      for (int j = 0; j < count; j++) {
        encoder.encode(group[j], BYTES);
        for (int r = 0; r < BYTES; r++) {
          write(parityAt(first + j, r), group[j][rows + r]);
        }
      }
    }
  }

  /** Returns the place of a parity byte: codewords take turns there as they do before. */
  private long parityAt(long codeword, int r) {
    return length + Math.floorMod(codeword - length, codewords) + r * codewords;
  }

  private void write(long at, int value) {
    bits.write(at, new byte[] {(byte) value}, 0, 1);
  }

  private Repair decode() {
    ReedSolomonDecoder decoder = new ReedSolomonDecoder(FIELD);
    byte[] one = new byte[1];
    long repaired = 0;
    long failed = 0;
    for (long first = 0; first < codewords; first += GROUP) {
      int count = (int) Math.min(GROUP, codewords - first);
      int[][] group = data(first, count);
      for (int j = 0; j < count; j++) {
        for (int r = 0; r < BYTES; r++) {
          bits.read(parityAt(first + j, r), one, 0, 1);
          group[j][rows + r] = one[0] & 0xFF;
        }
        int[] right = group[j].clone();
        try {
          decoder.decode(right, BYTES);
          repaired += set(first + j, group[j], right);
        } catch (ReedSolomonException | RuntimeException e) { // a hopeless word may confuse it
          failed++;
        }
      }
    }
    return new Repair(repaired, failed, codewords);
  }

  /** Returns codewords with their data and room for the parity. */
  private int[][] data(long first, int count) {
    int[][] group = new int[count][rows + BYTES];
    byte[] row = new byte[GROUP];
    for (int i = 0; i < rows; i++) {
      long at = i * codewords + first;
      int present = (int) Math.max(0, Math.min(count, length - at));
      bits.read(at, row, 0, present);
      for (int j = 0; j < present; j++) {
        group[j][i] = row[j] & 0xFF;
      }
    }
    return group;
  }

  /** Writes the bytes that differ and returns how many they are. */
  private int set(long codeword, int[] wrong, int[] right) {
    long last = codeword + (rows - 1) * codewords;
    if (last >= length && right[rows - 1] != 0) {
      throw new IllegalStateException("a byte that is not stored must be 0, got another");
    }
    int changed = 0;
    for (int i = 0; i < right.length; i++) {
      if (right[i] != wrong[i]) {
        write(i < rows ? codeword + i * codewords : parityAt(codeword, i - rows), right[i]);
        changed++;
      }
    }
    return changed;
  }
}
