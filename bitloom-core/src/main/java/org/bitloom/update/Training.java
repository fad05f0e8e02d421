package org.bitloom.update;

import org.bitloom.bits.FrozenBits;

/**
 * How all parameters of a network are trained.
 *
 * @param rule how the latents of a bit-wise weight move
 * @param method the optimizer of latents and of float parameters
 * @param drift pull on trained magnitude latents per unit of learning rate; 0 or more
 * @param frozenBits what frozen bits hold
 */
public record Training(UpdateRule rule, Method method, double drift, FrozenBits frozenBits) {
  public Training {
    if (!(drift >= 0) || Double.isInfinite(drift)) {
      throw new IllegalArgumentException("drift must be 0 or more, got " + drift);
    }
  }

  /** Leaves noise in frozen bits. */
  public Training(UpdateRule rule, Method method, double drift) {
    this(rule, method, drift, FrozenBits.DRAWN);
  }
}
