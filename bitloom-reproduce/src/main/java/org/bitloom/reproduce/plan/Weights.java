package org.bitloom.reproduce.plan;

import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;

/** Choices of weights that several parts use. */
final class Weights {
  private static final String ALL = "all";

  private Weights() {}

  static RunChoices floats(RunChoices common) {
    return common.with(Choice.FLOATS, true);
  }

  static RunChoices bits(RunChoices common, int depth, String mask) {
    return common.with(Choice.DEPTH, depth).with(Choice.MASK, mask);
  }

  /** Three trained bits of six, the usual ones of this project. */
  static RunChoices topThreeOfSix(RunChoices common) {
    return bits(common, 6, "111000");
  }

  /** Three trained bits of 32, noise in the others. */
  static RunChoices topThreeOf32(RunChoices common) {
    return bits(common, 32, "top3");
  }

  static RunChoices all(RunChoices common, int depth) {
    return bits(common, depth, ALL);
  }

  static RunChoices independent(RunChoices bits) {
    return bits.with(Choice.RULE, "independent");
  }
}
