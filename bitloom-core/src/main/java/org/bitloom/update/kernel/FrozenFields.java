package org.bitloom.update.kernel;

import org.bitloom.bits.BitLayout;

/**
 * Holds the frozen bits of every weight of a tensor, side by side in a field of as many bits.
 *
 * <p>A block of 512 weights fills 16 lanes of {@code bits()} ints; weight w of a block is field
 * {@code w / 16} of lane {@code w % 16}. Field f of a lane begins at bit {@code f * bits()} of the
 * lane's ints and may go on in the next one; int r of lane l is int {@code 16 * r + l} of the
 * block. So as many neighbouring weights as a vector has lanes are unpacked by the same two shifts.
 * Example, 3 frozen bits: weight 170 is field 10 of lane 10, bits 30 and 31 of int 10 and bit 0 of
 * int 26.
 */
public final class FrozenFields {
  /** Weights per block. */
  public static final int BLOCK = 512;

  /** Lanes per block, a multiple of the lanes of every vector in use. */
  public static final int LANES = 16;

  private final int[] positions;
  private final int[] packed;
  private final BitSpread spread;

  /** Creates the fields of {@code weights} weights, all frozen bits 0. */
  public FrozenFields(BitLayout layout, int weights) {
    this.positions = layout.frozenBits();
    int[] sources = new int[positions.length];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = i;
    }
    this.spread = new BitSpread(sources, positions);
    int blocks = (int) (((long) weights + BLOCK - 1) / BLOCK);
    this.packed = new int[Math.multiplyExact(blocks * LANES, positions.length)];
  }

  /** Returns the number of frozen bits per weight, 0..31. */
  public int bits() {
    return positions.length;
  }

  /** Returns the ints of all blocks, not a copy; for kernels and files. */
  public int[] packed() {
    return packed;
  }

  /** Returns where the bits of a field belong. */
  public BitSpread spread() {
    return spread;
  }

  /** Returns the first int of the block and lane of a weight. */
  public int base(int weight) {
    return (weight / BLOCK) * (LANES * positions.length) + weight % LANES;
  }

  /** Returns where the field of a weight begins in its lane. */
  public int firstBit(int weight) {
    return weight % BLOCK / LANES * positions.length;
  }

  /** Returns the set of the lowest {@link #bits()} bits. */
  public int mask() {
    return (1 << positions.length) - 1;
  }

  /** Returns the frozen bits of a weight at their places in the bit string, other bits 0. */
  public int code(int weight) {
    if (positions.length == 0) {
      return 0;
    }
    int bit = firstBit(weight);
    int at = base(weight) + LANES * (bit >>> 5);
    int field = packed[at] >>> bit;
    if ((bit & 31) + positions.length > 32) {
      field |= packed[at + LANES] << -bit;
    }
    return spread.apply(field & mask());
  }

  /** Sets the frozen bits of a weight to those of a bit string. */
  public void set(int weight, int code) {
    int first = firstBit(weight);
    for (int i = 0; i < positions.length; i++) {
      int bit = first + i;
      int at = base(weight) + LANES * (bit >>> 5);
      int value = code >>> positions[i] & 1;
      packed[at] = (packed[at] & ~(1 << bit)) | (value << bit);
    }
  }
}
