package org.bitloom.payload;

/** Counts the bytes of a body that is cut into blocks, each followed by its checksum. */
final class Blocks {
  /** Bytes of body in every block but the last, which may have fewer. */
  static final int DATA_BYTES = 4096;

  static final int CHECKSUM_BYTES = 4;

  private Blocks() {}

  /** Returns the number of blocks of a body. */
  static long count(long bodyBytes) {
    return (bodyBytes + DATA_BYTES - 1) / DATA_BYTES;
  }

  /** Returns the bytes that a body takes with its checksums. */
  static long storedBytes(long bodyBytes) {
    return bodyBytes + CHECKSUM_BYTES * count(bodyBytes);
  }

  /** Returns the largest body that fits with its checksums; 0 or less if none does. */
  static long dataBytes(long storedBytes) {
    long whole = storedBytes / (DATA_BYTES + CHECKSUM_BYTES);
    long rest = storedBytes % (DATA_BYTES + CHECKSUM_BYTES);
    return whole * DATA_BYTES + Math.max(0, rest - CHECKSUM_BYTES);
  }
}
