package org.bitloom.bits;

/**
 * Decides what the frozen bits of a tensor hold from the first step to the last.
 *
 * <p>Where bits are drawn, trained bits, their latents and their random numbers are the same with
 * any source; only the scale follows the weights that come out. Where bits start from given
 * weights, trained bits and scale are chosen around the bits of the source.
 */
@FunctionalInterface
public interface FrozenBits {
  /** Leaves the noise that was drawn, or the rounded bits of weights to start from. */
  FrozenBits DRAWN =
      new FrozenBits() {
        @Override
        public void fill(String name, BitLayout layout, int[] codes) {}

        @Override
        public int given(String name, BitLayout layout) {
          return 0;
        }
      };

  /**
   * Puts its bits in the place of drawn ones.
   *
   * <p>Called once for each tensor that has frozen bits, in layer order. What it does to trained
   * bits is ignored; frozen bits that it leaves alone stay as they were drawn.
   *
   * @param name of the parameter
   * @param layout depth, trained and {@linkplain BitLayout#frozenBits frozen} bits
   * @param codes [weights], the bit strings as drawn; changed in place
   */
  void fill(String name, BitLayout layout, int[] codes);

  /**
   * Returns the set of bits of a tensor that are not to be chosen for a given weight: those that
   * {@link #fill} puts there. All frozen bits, unless a source knows better.
   */
  default int given(String name, BitLayout layout) {
    return layout.frozen();
  }

  /** Returns a source whose bits are filled after those of this one, and over them. */
  default FrozenBits then(FrozenBits over) {
    FrozenBits under = this;
    return new FrozenBits() {
      @Override
      public void fill(String name, BitLayout layout, int[] codes) {
        under.fill(name, layout, codes);
        over.fill(name, layout, codes);
      }

      @Override
      public int given(String name, BitLayout layout) {
        return under.given(name, layout) | over.given(name, layout);
      }
    };
  }

  /** Returns the noise that drawn weights of this seed have. */
  static FrozenBits noise(long seed) {
    return (name, layout, codes) -> {
      int depth = layout.depth();
      DrawnLatents drawn = new DrawnLatents(seed, name, depth, 1); // bits know no fan-in
      float[] latents = new float[depth];
      for (int weight = 0; weight < codes.length; weight++) {
        codes[weight] =
            (codes[weight] & layout.trained()) | (drawn.next(latents) & layout.frozen());
      }
    };
  }
}
