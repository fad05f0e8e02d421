package org.bitloom.reproduce.verdict;

import org.bitloom.reproduce.plan.Claim.Kind;

/** What the runs say of a claim. */
public enum Verdict {
  HOLDS("holds", "met"),
  DOES_NOT("does not hold", "not met"),
  NOT_TOLD("cannot be told", "cannot be told");

  private final String ofPaper;
  private final String ofGoal;

  Verdict(String ofPaper, String ofGoal) {
    this.ofPaper = ofPaper;
    this.ofGoal = ofGoal;
  }

  /** Returns the words for a claim or for a goal. */
  public String text(Kind kind) {
    return kind == Kind.PAPER ? ofPaper : ofGoal;
  }
}
