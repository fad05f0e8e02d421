package org.bitloom.bits;

/**
 * Says how one weight is written and which of its bits are trained.
 *
 * <p>Bit {@code i} of {@code trained} stands for bit {@code i} of the weight: magnitude bits {@code
 * 0..depth-2} (bit i is worth 2^i) and the sign bit {@code depth-1}. Depth 6 with the sign and the
 * two top magnitude bits trained is {@code new BitLayout(6, 0b111000)}.
 *
 * @param depth bits per weight, sign included; 1..32
 * @param trained set of the bits that own a latent; at least one, none outside the depth
 * @see <a href="https://arxiv.org/abs/2202.09571">Bit-wise Training of Neural Network Weights</a>
 */
public record BitLayout(int depth, int trained) {
  /** The largest bit depth: 31 magnitude bits fill an {@code int}. */
  public static final int MAX_DEPTH = 32;

  public BitLayout {
    checkDepth(depth);
    if (trained == 0) {
      throw new IllegalArgumentException("mask must train at least one bit, got none");
    }
    if ((trained & ~allBits(depth)) != 0) {
      throw new IllegalArgumentException(
          "trained bits must lie within depth "
              + depth
              + ", got "
              + Integer.toBinaryString(trained));
    }
  }

  static void checkDepth(int depth) {
    if (depth < 1 || depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "depth must be 1..32 (the sign bit counts as one), got " + depth);
    }
  }

  /** Returns the set of all bits of a weight of {@code depth} bits. */
  public static int allBits(int depth) {
    return -1 >>> (MAX_DEPTH - depth);
  }

  /** Returns the number of magnitude bits, 0..31; at 0 the magnitude is the constant 1. */
  public int magnitudeBits() {
    return depth - 1;
  }

  /** Returns the position of the sign bit. */
  public int signBit() {
    return depth - 1;
  }

  /** Says whether bit {@code bit} (0 = least significant, depth-1 = sign) is trained. */
  public boolean isTrained(int bit) {
    return (trained >>> bit & 1) != 0;
  }

  /** Says whether the sign bit is trained. */
  public boolean signTrained() {
    return isTrained(signBit());
  }

  /** Returns the trained magnitude bits in rising order of significance. */
  public int[] trainedMagnitudeBits() {
    return positions(trained & ~(1 << signBit()));
  }

  /** Returns the frozen bits, sign included, in rising order of significance. */
  public int[] frozenBits() {
    return positions(frozen());
  }

  /** Returns the set of the frozen bits, sign included. */
  public int frozen() {
    return ~trained & allBits(depth);
  }

  private static int[] positions(int set) {
    int[] bits = new int[Integer.bitCount(set)];
    int found = 0;
    for (int bit = 0; bit < MAX_DEPTH; bit++) {
      if ((set >>> bit & 1) != 0) {
        bits[found++] = bit;
      }
    }
    return bits;
  }

  /** Prints the mask sign first, then most to least significant, 1 = trained: {@code 111000}. */
  public String mask() {
    StringBuilder digits = new StringBuilder(depth);
    for (int bit = signBit(); bit >= 0; bit--) {
      digits.append(isTrained(bit) ? '1' : '0');
    }
    return digits.toString();
  }
}
