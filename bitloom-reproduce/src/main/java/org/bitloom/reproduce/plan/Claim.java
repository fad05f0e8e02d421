package org.bitloom.reproduce.plan;

import java.util.Locale;

/**
 * Something that runs can show.
 *
 * @param key names the claim in the plan
 * @param part it belongs to
 * @param kind who says it
 * @param sentence in our words
 * @param test what decides
 */
public record Claim(String key, Part part, Kind kind, String sentence, Test test) {
  /** Who says it. */
  public enum Kind {
    /** The paper, in its abstract. */
    PAPER,
    /** This project, of itself. */
    GOAL;

    /** Returns the word for JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What decides about a claim. */
  public sealed interface Test {
    /** Returns the row whose runs are looked at. */
    String row();
  }

  /**
   * Compares the accuracy of two rows over the same seeds.
   *
   * @param baseline row to compare with
   * @param least share of zero weights that the row must have besides, 0..1; 0 = none
   */
  public record Compared(String row, String baseline, Hypothesis hypothesis, double least)
      implements Test {
    /** Asks for no zeros. */
    public Compared(String row, String baseline, Hypothesis hypothesis) {
      this(row, baseline, hypothesis, 0);
    }
  }

  /**
   * Looks at the share of zero weights.
   *
   * @param least share that the mean must reach, 0..1
   */
  public record Zeros(String row, double least) implements Test {}

  /** Every run of the row must give back to the byte what it carries. */
  public record GivesBack(String row) implements Test {}
}
