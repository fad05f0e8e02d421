package org.bitloom.bits;

import java.util.Locale;
import org.bitloom.error.UsageException;

/** Chooses what frozen bits hold where a network starts from given weights. */
public enum FrozenChoice {
  /** The low end of the given weight: nothing of it is lost, and nothing else can be stored. */
  ROUNDED,
  /** Noise, as in drawn weights; trained bits and scale are chosen around it. */
  NOISE;

  /** Returns the name users write: {@code rounded} or {@code noise}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #label}.
   *
   * @throws UsageException if it is none
   */
  public static FrozenChoice parse(String label) {
    for (FrozenChoice choice : values()) {
      if (choice.label().equals(label)) {
        return choice;
      }
    }
    throw new UsageException(
        "frozen bits must be rounded or noise, got '" + label + "'", "choose one");
  }
}
