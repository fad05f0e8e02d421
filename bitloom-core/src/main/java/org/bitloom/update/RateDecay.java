package org.bitloom.update;

import java.util.Locale;
import org.bitloom.error.UsageException;

/** How a learning rate falls from its first value to the end of a training. */
public enum RateDecay {
  /** Not at all. */
  NONE,
  /** By the same amount every step, to 0 behind the last one. */
  LINEAR,
  /** Along half a wave of the cosine, to 0 behind the last step. */
  COSINE;

  /** Returns the name users write, such as {@code cosine}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #label}.
   *
   * @throws UsageException if it is none
   */
  public static RateDecay parse(String label) {
    for (RateDecay decay : values()) {
      if (decay.label().equals(label)) {
        return decay;
      }
    }
    throw new UsageException(
        "decay must be none, linear or cosine, got '" + label + "'", "choose one");
  }

  /**
   * Returns the share of the rate that is left.
   *
   * @param done share of the steps already taken, 0..1
   */
  double left(double done) {
    double half = StrictMath.cos(done * StrictMath.PI / 2);
    return switch (this) {
      case NONE -> 1;
      case LINEAR -> 1 - done;
      case COSINE -> half * half; // (1 + cos(pi * done)) / 2 without losing digits near the end
    };
  }
}
