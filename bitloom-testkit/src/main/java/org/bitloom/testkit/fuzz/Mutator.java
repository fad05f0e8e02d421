package org.bitloom.testkit.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes bytes at random in the ways that have broken readers before. */
public final class Mutator {
  private static final int[] BYTES = {0, 1, 0x7f, 0x80, 0xfe, 0xff};

  /** Numbers at the edges of what programs count with. */
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "-1",
    "1",
    "00",
    "1.5",
    "1e9",
    "1e999",
    "255",
    "256",
    "65536",
    "1000000",
    "2147483647",
    "2147483648",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "1e-400"
  };

  private static final int CHANGES = 17;
  private static final int MAX_REPEATS = 1 << 14;

  private final SplittableRandom random;
  private final List<byte[]> seeds;
  private final List<byte[]> words;

  /**
   * Prepares changes.
   *
   * @param seeds that pieces may come from; at least one
   * @param words pieces of the format
   */
  public Mutator(SplittableRandom random, List<byte[]> seeds, List<byte[]> words) {
    this.random = random;
    this.seeds = seeds;
    this.words = words;
  }

  /** Returns the source of chance, for changes that know the format. */
  public SplittableRandom random() {
    return random;
  }

  /** Returns one of the seeds. */
  public byte[] seed() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  /** Returns {@code input} with one change, seldom up to eight. */
  public byte[] mutate(byte[] input) {
    int changes = 1 << Math.min(3, Long.numberOfTrailingZeros(random.nextLong()));
    byte[] bytes = input.clone();
    for (int i = 0; i < changes; i++) {
      bytes = changed(bytes);
    }
    return bytes;
  }

  private byte[] changed(byte[] bytes) {
    if (bytes.length < 2) {
      return noise(1 + random.nextInt(64));
    }
    int from = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - from, 1 + random.nextInt(1 << random.nextInt(9)));
    int other = random.nextInt(bytes.length - length + 1);
    return switch (random.nextInt(CHANGES)) {
      case 0, 1 -> with(bytes, from, (byte) (bytes[from] ^ 1 << random.nextInt(8)));
      case 2 -> with(bytes, from, (byte) random.nextInt(256));
      case 3 -> with(bytes, from, (byte) BYTES[random.nextInt(BYTES.length)]);
      case 4, 5 -> integer(bytes, from);
      case 6 -> replaced(bytes, from, length, new byte[0]);
      case 7 -> replaced(bytes, from, 0, noise(length));
      case 8 -> replaced(bytes, from, length, noise(length));
      case 9 -> replaced(bytes, from, 0, Arrays.copyOfRange(bytes, other, other + length));
      case 10 -> replaced(bytes, from, length, Arrays.copyOfRange(bytes, other, other + length));
      case 11 -> Arrays.copyOf(bytes, from);
      case 12 -> spliced(bytes, from, length);
      case 13, 14 -> number(bytes, from);
      case 15 -> word(bytes, from, length);
      default -> replaced(bytes, from, 0, repeats(bytes[from]));
    };
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    bytes[at] = value;
    return bytes;
  }

  /** Puts {@code piece} in the place of {@code length} bytes. */
  public static byte[] replaced(byte[] bytes, int from, int length, byte[] piece) {
    byte[] changed = Arrays.copyOf(bytes, bytes.length - length + piece.length);
    System.arraycopy(piece, 0, changed, from, piece.length);
    System.arraycopy(
        bytes, from + length, changed, from + piece.length, bytes.length - from - length);
    return changed;
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private byte[] repeats(byte value) {
    byte[] repeats = new byte[1 + random.nextInt(1 + random.nextInt(MAX_REPEATS))];
    Arrays.fill(repeats, value);
    return repeats;
  }

  private byte[] spliced(byte[] bytes, int from, int length) {
    byte[] source = seed();
    if (source.length == 0) {
      return bytes;
    }
    int begin = random.nextInt(source.length);
    int end = Math.min(source.length, begin + 1 + random.nextInt(1 << random.nextInt(9)));
    return replaced(bytes, from, length, Arrays.copyOfRange(source, begin, end));
  }

  private byte[] word(byte[] bytes, int from, int length) {
    if (words.isEmpty()) {
      return integer(bytes, from);
    }
    byte[] word = words.get(random.nextInt(words.size()));
    boolean inserted = random.nextBoolean();
    return replaced(bytes, from, inserted ? 0 : Math.min(Math.max(length, 1), word.length), word);
  }

  /** Overwrites an integer of two, four or eight bytes, in either order. */
  private byte[] integer(byte[] bytes, int from) {
    int width = 2 << random.nextInt(3);
    if (from + width > bytes.length) {
      return with(bytes, from, (byte) random.nextInt(256));
    }
    ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    long before =
        width == 2
            ? buffer.getShort(from)
            : width == 4 ? buffer.getInt(from) : buffer.getLong(from);
    long value = edge(before, bytes.length, 8 * width);
    switch (width) {
      case 2 -> buffer.putShort(from, (short) value);
      case 4 -> buffer.putInt(from, (int) value);
      default -> buffer.putLong(from, value);
    }
    return bytes;
  }

  private long edge(long before, int length, int bits) {
    return switch (random.nextInt(6)) {
      case 0 -> before + random.nextInt(-16, 17);
      case 1 -> length + random.nextInt(-16, 17);
      case 2 -> -before;
      case 3 -> (1L << random.nextInt(bits)) - random.nextInt(3) + 1;
      case 4 -> -(1L << random.nextInt(bits));
      default -> before * random.nextInt(2, 100);
    };
  }

  /** Replaces the first decimal number at or behind a place. */
  private byte[] number(byte[] bytes, int from) {
    int begin = from;
    while (begin < bytes.length && !isDigit(bytes[begin])) {
      begin++;
    }
    int end = begin;
    while (end < bytes.length && isDigit(bytes[end])) {
      end++;
    }
    String number =
        random.nextInt(4) == 0
            ? String.valueOf(random.nextInt(1 << random.nextInt(1, 31)))
            : NUMBERS[random.nextInt(NUMBERS.length)];
    return begin == end
        ? integer(bytes, from)
        : replaced(bytes, begin, end - begin, number.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }
}
