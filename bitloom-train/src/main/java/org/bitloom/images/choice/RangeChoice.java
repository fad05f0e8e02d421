package org.bitloom.images.choice;

import java.util.Optional;
import org.bitloom.error.UsageException;

/**
 * Which range of 16-bit samples a user wants: {@code train}, that of the training images, or {@code
 * LOW..HIGH}.
 *
 * @param fixed the range; empty = that of the training images
 */
public record RangeChoice(Optional<SampleRange> fixed) {
  private static final String TRAIN = "train";

  /**
   * Reads {@code train} or {@code LOW..HIGH}.
   *
   * @throws UsageException if it is neither
   */
  public static RangeChoice parse(String text) {
    return new RangeChoice(
        text.equals(TRAIN) ? Optional.empty() : Optional.of(SampleRange.parse(text)));
  }

  /** Returns the form that {@link #parse} reads. */
  @Override
  public String toString() {
    return fixed.map(SampleRange::toString).orElse(TRAIN);
  }
}
