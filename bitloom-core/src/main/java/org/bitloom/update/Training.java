package org.bitloom.update;

import java.util.Optional;
import org.bitloom.bits.FrozenBits;

/**
 * How all parameters of a network are trained.
 *
 * @param rule how the latents of a bit-wise weight move
 * @param method the optimizer of latents and of float parameters
 * @param drift pull on trained magnitude latents per unit of learning rate; 0 or more
 * @param frozenBits what frozen bits hold
 * @param zeros share of zeros that the drift is steered to, in place of {@code drift}, which is 0
 */
public record Training(
    UpdateRule rule,
    Method method,
    double drift,
    FrozenBits frozenBits,
    Optional<ZeroTarget> zeros) {
  public Training {
    if (!(drift >= 0) || Double.isInfinite(drift)) {
      throw new IllegalArgumentException("drift must be 0 or more, got " + drift);
    }
    if (zeros.isPresent() && drift != 0) {
      throw new IllegalArgumentException(
          "drift must be left to the wanted share of zeros, got " + drift);
    }
  }

  /** Leaves the drift as it is. */
  public Training(UpdateRule rule, Method method, double drift, FrozenBits frozenBits) {
    this(rule, method, drift, frozenBits, Optional.empty());
  }

  /** Leaves noise in frozen bits. */
  public Training(UpdateRule rule, Method method, double drift) {
    this(rule, method, drift, FrozenBits.DRAWN);
  }
}
