package org.bitloom.bits;

/**
 * Decides what the frozen bits of a tensor hold from the first step to the last.
 *
 * <p>Trained bits, their latents and their random numbers are the same with any source; only the
 * scale follows the weights that come out.
 */
@FunctionalInterface
public interface FrozenBits {
  /** Leaves the noise that was drawn, or the rounded bits of weights to start from. */
  FrozenBits DRAWN = (name, layout, codes) -> {};

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
}
