package org.bitloom.entropy;

/**
 * Writes tensors into one code, or reads them from it in the same order. A writer answers what a
 * reader will.
 */
public final class TensorCoder {
  private final BinaryCoder coder;
  private final FloatCoder floats;

  private TensorCoder(BinaryCoder coder) {
    this.coder = coder;
    floats = new FloatCoder(coder);
  }

  /** Returns one that writes. */
  public static TensorCoder writer() {
    return new TensorCoder(new BinaryEncoder());
  }

  /** Returns one that reads {@code code}, which must not change meanwhile. */
  public static TensorCoder reader(byte[] code) {
    return new TensorCoder(new BinaryDecoder(code));
  }

  /**
   * Codes the weights of a layer.
   *
   * @param codes all bit strings, sign in bit depth-1, magnitude below; empty where they are read
   * @return all bit strings, without the signs of zeros unless the grid keeps them
   * @throws IllegalArgumentException if the code ends too early
   */
  public int[] weights(WeightGrid grid, int[] codes) {
    return new WeightCoder(coder, grid).code(codes);
  }

  /**
   * Codes floats, to the bit.
   *
   * @param kind floats of one kind are expected to be alike
   * @param values all of them; empty where they are read
   * @throws IllegalArgumentException if the code ends too early
   */
  public float[] floats(String kind, int count, float[] values) {
    return floats.code(kind, count, values);
  }

  /** Returns how many bytes the tensors so far took. */
  public int bytes() {
    return coder.bytes();
  }

  /**
   * Ends the code.
   *
   * @return all that was written; of a reader nothing
   * @throws IllegalArgumentException if a reader has not come to the end of the code
   */
  public byte[] finish() {
    if (coder instanceof BinaryEncoder encoder) {
      return encoder.finish();
    }
    ((BinaryDecoder) coder).checkEnd();
    return new byte[0];
  }
}
