package org.bitloom.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Tells how well each class is recognized.
 *
 * @param shares of the samples of each class that were classified right, 0..1, in the order of the
 *     labels; empty for a class without samples. No shares at all = not measured
 */
public record ClassAccuracy(List<OptionalDouble> shares) {
  /** Says nothing: a line of a version that did not measure it. */
  public static final ClassAccuracy UNKNOWN = new ClassAccuracy(List.of());

  public ClassAccuracy {
    shares = List.copyOf(shares);
    for (OptionalDouble share : shares) {
      if (!(share.orElse(0) >= 0 && share.orElse(0) <= 1)) {
        throw new IllegalArgumentException(
            "accuracy of a class must be 0..1, got " + share.getAsDouble());
      }
    }
  }

  /** Says whether it was measured. */
  public boolean isKnown() {
    return !shares.isEmpty();
  }

  /**
   * Returns the balanced accuracy: the mean over the classes that have samples, so that a rare
   * class counts as much as a frequent one. Empty if there is none.
   */
  public OptionalDouble balanced() {
    return shares.stream().flatMapToDouble(OptionalDouble::stream).average();
  }

  /** Returns the shares for JSON, null for a class without samples. */
  public List<Double> json() {
    List<Double> values = new ArrayList<>();
    shares.forEach(share -> values.add(share.isPresent() ? share.getAsDouble() : null));
    return values;
  }

  /**
   * Reads what {@link #json} returned.
   *
   * @throws IllegalArgumentException if a value is no share
   */
  public static ClassAccuracy parse(List<?> values) {
    List<OptionalDouble> shares = new ArrayList<>();
    for (Object value : values) {
      if (value != null && !(value instanceof Number)) {
        throw new IllegalArgumentException(
            "accuracy of a class must be a number or null, got " + value);
      }
      shares.add(
          value == null
              ? OptionalDouble.empty()
              : OptionalDouble.of(((Number) value).doubleValue()));
    }
    return new ClassAccuracy(shares);
  }
}
