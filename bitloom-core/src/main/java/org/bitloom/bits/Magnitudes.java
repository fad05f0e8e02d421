package org.bitloom.bits;

/** The magnitudes that the weights of a tensor can have. */
sealed interface Magnitudes {
  /** Returns the largest that any weight can have. */
  int largest();

  /**
   * Returns the magnitude nearest to a size.
   *
   * @param weight its place in the tensor
   * @param size what its magnitude should be; may be below 0
   */
  double nearest(int weight, double size);

  /**
   * Lets every weight have all magnitudes.
   *
   * @param largest of them
   */
  record All(int largest) implements Magnitudes {
    @Override
    public double nearest(int weight, double size) {
      return Math.min(largest, Math.rint(size));
    }
  }

  /** Lets only some bits of a magnitude be chosen; the others are given, weight by weight. */
  final class Around implements Magnitudes {
    private final int[] given;
    private final int free;
    private final int largest;

    /**
     * Keeps given bits.
     *
     * @param codes bit strings that hold them; copied
     * @param depth of the bit strings, 2..32
     * @param given set of the bits that are given
     */
    Around(int[] codes, int depth, int given) {
      int all = SignMagnitude.magnitude(-1, depth);
      this.free = all & ~given;
      this.given = new int[codes.length];
      int most = 0;
      for (int i = 0; i < codes.length; i++) {
        this.given[i] = codes[i] & given & all;
        most = Math.max(most, this.given[i]);
      }
      this.largest = most | free;
    }

    @Override
    public int largest() {
      return largest;
    }

    /** Returns the worth of the highest bit that can be chosen; the largest, if none can. */
    int worthOfTop() {
      return Math.max(1, free == 0 ? largest : Integer.highestOneBit(free));
    }

    @Override
    public double nearest(int weight, double size) {
      return magnitude(weight, size);
    }

    /** Returns the nearest magnitude; of two as near, the smaller one. */
    int magnitude(int weight, double size) {
      double rest = size - given[weight];
      if (!(rest > 0)) {
        return given[weight];
      }
      if (rest >= free) {
        return given[weight] | free;
      }
      int lower = atMost((int) rest);
      int upper = ((lower | ~free) + 1) & free; // the carry runs through the bits that are not free
      return given[weight] | (rest - lower <= upper - rest ? lower : upper);
    }

    /** Returns the largest number of free bits alone that is at most {@code number}. */
    private int atMost(int number) {
      int others = number & ~free;
      if (others == 0) {
        return number;
      }
      int highest = Integer.highestOneBit(others);
      return (number & free & -(highest << 1)) | (free & (highest - 1));
    }
  }
}
