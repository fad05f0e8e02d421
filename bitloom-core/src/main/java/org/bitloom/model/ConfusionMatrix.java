package org.bitloom.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Tells how the answers of a network to labelled samples fell: for each label, how often each class
 * was answered.
 */
public final class ConfusionMatrix {
  private final int classes;
  private final long[] counts;

  private ConfusionMatrix(int classes, long[] counts) {
    this.classes = classes;
    this.counts = counts;
  }

  /**
   * Copies counts.
   *
   * @param classes at least 1
   * @param counts {@code [label, answer]}, row by row; each at least 0
   */
  public static ConfusionMatrix of(int classes, long[] counts) {
    if (classes < 1 || counts.length != (long) classes * classes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "counts must be classes x classes, got %d for %d classes",
              counts.length,
              classes));
    }
    for (long count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException("counts must be at least 0, got " + count);
      }
    }
    return new ConfusionMatrix(classes, counts.clone());
  }

  /** Returns how many classes there are. */
  public int classes() {
    return classes;
  }

  /** Returns how many samples with a label, 0..classes-1, were taken for a class. */
  public long count(int label, int answer) {
    return counts[label * classes + answer];
  }

  /** Returns how many samples have a label, 0..classes-1. */
  public long samples(int label) {
    return Arrays.stream(counts, label * classes, (label + 1) * classes).sum();
  }

  /** Returns the number of all samples. */
  public long total() {
    return Arrays.stream(counts).sum();
  }

  /** Returns how many samples were taken for what they are. */
  public long correct() {
    long correct = 0;
    for (int label = 0; label < classes; label++) {
      correct += count(label, label);
    }
    return correct;
  }

  /** Returns the share of each class that was taken for what it is. */
  public ClassAccuracy perClass() {
    List<OptionalDouble> shares = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      long all = samples(label);
      shares.add(
          all == 0
              ? OptionalDouble.empty()
              : OptionalDouble.of((double) count(label, label) / all));
    }
    return new ClassAccuracy(shares);
  }

  /** Returns the counts row by row, a row per label. */
  public List<List<Long>> rows() {
    List<List<Long>> rows = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      rows.add(Arrays.stream(counts, label * classes, (label + 1) * classes).boxed().toList());
    }
    return rows;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix matrix && Arrays.equals(counts, matrix.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return rows().toString();
  }
}
