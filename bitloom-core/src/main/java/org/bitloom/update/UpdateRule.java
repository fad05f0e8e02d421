package org.bitloom.update;

import java.util.Locale;
import org.bitloom.error.UsageException;

/**
 * Says how the latents of one weight move relative to each other (docs/algorithm.md, section 5).
 */
public enum UpdateRule {
  /** Every trained bit has its own latent; moments are shared, eps is per bit. */
  INDEPENDENT,
  /** All trained magnitude latents of a weight move by one displacement through fixed offsets. */
  COUPLED;

  /**
   * Stands in for Adam's eps in the rule {@code coupled}, which lets it grow with the gradient:
   * only a guard against 0/0, a millionth of the smallest gradients that matter.
   */
  public static final float GUARD = 1e-15f;

  /** Returns the name users write: {@code independent} or {@code coupled}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #label}.
   *
   * @throws UsageException if it is none
   */
  public static UpdateRule parse(String label) {
    for (UpdateRule rule : values()) {
      if (rule.label().equals(label)) {
        return rule;
      }
    }
    throw new UsageException(
        "rule must be coupled or independent, got '" + label + "'", "choose one");
  }
}
