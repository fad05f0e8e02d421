package org.bitloom.bits;

/** Hands out the latents that training starts from, weight after weight, and their scale. */
public sealed interface InitialLatents permits DrawnLatents, QuantizedLatents {
  /**
   * Gives the latents of the next weight.
   *
   * @param latents [depth], filled: magnitude bits 0..depth-2, then the sign
   * @return the bit string of the latents
   */
  int next(float[] latents);

  /** Returns the scale of the tensor; asked for after its last weight. */
  float scale();

  /**
   * Returns the scale of the tensor if it holds other weights than those handed out.
   *
   * @param codes bit strings of all weights, trained bits as handed out
   */
  float scale(int[] codes);

  /** Returns the standard deviation that magnitude latents are drawn with. */
  double magnitudeDeviation();
}
