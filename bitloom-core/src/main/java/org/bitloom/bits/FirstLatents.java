package org.bitloom.bits;

/** Hands out the latents that training starts from, weight after weight, and their scale. */
public interface FirstLatents {
  /**
   * Gives the latents of the next weight.
   *
   * @param latents [depth], filled: magnitude bits 0..depth-2, then the sign
   * @return the bit string of the latents
   */
  int next(float[] latents);

  /** Returns the scale of the tensor; asked for after its last weight. */
  float scale();

  /** Returns the standard deviation that magnitude latents are drawn with. */
  double magnitudeDeviation();
}
