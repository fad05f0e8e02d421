package org.bitloom.model;

import java.util.Arrays;
import java.util.List;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.SignMagnitude;

/**
 * Holds a bit-wise parameter: one bit string per weight and one scale for all.
 *
 * <p>The arrays are copied in and out; read single weights with {@link #code}, not in a loop over
 * {@link #codes}.
 *
 * @param name of the parameter in its network, not empty
 * @param shape dimensions, each at least 1
 * @param layout depth and trained bits of every weight
 * @param scale from integer weight to real weight; finite and above 0
 * @param codes raw bit strings in row-major order: sign in bit depth-1, magnitude below it, 0 above
 * @see SignMagnitude
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record BitTensor(
    String name, List<Integer> shape, BitLayout layout, float scale, int[] codes)
    implements ModelTensor {

  public BitTensor {
    Shapes.checkName(name);
    shape = Shapes.check(name, shape, codes.length);
    if (!(scale > 0) || !Float.isFinite(scale)) {
      throw new IllegalArgumentException(
          "scale of " + name + " must be finite and above 0, got " + scale);
    }
    codes = codes.clone();
    checkCodes(name, layout.depth(), codes);
  }

  private static void checkCodes(String name, int depth, int[] codes) {
    int outside = depth == BitLayout.MAX_DEPTH ? 0 : -1 << depth;
    for (int i = 0; i < codes.length; i++) {
      if ((codes[i] & outside) != 0) {
        throw new IllegalArgumentException(
            name
                + " must not set bits outside its depth "
                + depth
                + ", got "
                + Integer.toBinaryString(codes[i])
                + " at index "
                + i);
      }
    }
  }

  /** Returns the bit strings in a new array. */
  @Override
  public int[] codes() {
    return codes.clone();
  }

  /**
   * Copies some bit strings, for those who pass over all of them.
   *
   * @param from first weight, counted in row-major order
   * @param target gets {@code count} of them from its beginning on
   */
  public void copyCodes(int from, int[] target, int count) {
    System.arraycopy(codes, from, target, 0, count);
  }

  /** Returns the bit string of weight {@code index}, counted in row-major order. */
  public int code(int index) {
    return codes[index];
  }

  @Override
  public int size() {
    return codes.length;
  }

  @Override
  public float[] weights() {
    float[] weights = new float[codes.length];
    for (int i = 0; i < codes.length; i++) {
      weights[i] = SignMagnitude.weight(codes[i], layout.depth(), scale);
    }
    return weights;
  }

  /** Compares all parts, the bit strings one by one: +0 and -0 differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof BitTensor that
        && name.equals(that.name)
        && shape.equals(that.shape)
        && layout.equals(that.layout)
        && scale == that.scale
        && Arrays.equals(codes, that.codes);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(codes);
  }

  @Override
  public String toString() {
    return name + shape + " depth " + layout.depth() + " mask " + layout.mask();
  }
}
