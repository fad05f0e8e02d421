package org.bitloom.reproduce.plan;

import static org.bitloom.reproduce.plan.Part.BITS;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.reproduce.plan.Budget.Quick;
import org.bitloom.reproduce.plan.Claim.Compared;
import org.bitloom.reproduce.plan.Claim.Kind;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;

/** LeNet-300-100 on MNIST with the top bits trained, at many depths, and each bit alone. */
final class BitsPart {
  private static final int SEEDS = 5;
  private static final String PHASES = "3x9e-4,1x9e-5,1x9e-6";
  private static final Quick QUICK = new Quick(PHASES, 10_000);
  private static final List<Integer> DEPTHS = List.of(2, 4, 6, 8, 16, 32);
  private static final List<Integer> QUICK_DEPTHS = List.of(2, 4, 8, 32);
  private static final int MOST_TOP_BITS = 4;

  /** The depth all of whose masks are trained, for a figure. */
  private static final int EVERY_DEPTH = 4;

  /** The depth each of whose bits is trained alone, for a figure. */
  private static final int SINGLE_DEPTH = 8;

  private final Draft draft;
  private final RunChoices common;
  private final List<Long> seeds;

  private BitsPart(Draft draft) {
    this.draft = draft;
    this.seeds = draft.budget().seeds(SEEDS);
    RunChoices usual =
        RunChoices.none()
            .with(Choice.NETWORK, "lenet300")
            .with(Choice.DATA, "mnist")
            .with(Choice.BATCH, 64);
    this.common = draft.budget().schedule(usual, PHASES, QUICK);
  }

  static void addTo(Draft draft) {
    BitsPart part = new BitsPart(draft);
    part.row("bits-float", "floats, Adam", Weights.floats(part.common), part.seeds);
    List<Integer> depths = draft.budget().quick() ? QUICK_DEPTHS : DEPTHS;
    depths.forEach(part::depth);
    if (!draft.budget().quick()) {
      part.masks();
    }
    part.claims(depths);
  }

  private void row(String key, String title, RunChoices choices, List<Long> of) {
    draft.add(new Row(key, BITS, title, choices, of, Row.Load.NONE));
  }

  private static String key(int depth, String mask) {
    return "bits-" + depth + "-" + mask;
  }

  private void mask(int depth, String mask, List<Long> of) {
    String title = depth + " bits, " + (mask.equals("all") ? "all trained" : mask);
    row(key(depth, mask), title, Weights.bits(common, depth, mask), of);
  }

  private void depth(int depth) {
    for (int top = 1; top <= Math.min(MOST_TOP_BITS, depth - 1); top++) {
      mask(depth, "top" + top, seeds);
    }
    mask(depth, "all", seeds);
  }

  /** Rows for figures only, one seed each; top bits have rows already. */
  private void masks() {
    List<String> masks = new ArrayList<>();
    for (int mask = 1; mask < 1 << EVERY_DEPTH; mask++) {
      masks.add(digits(mask, EVERY_DEPTH));
    }
    for (int bit = 0; bit < SINGLE_DEPTH; bit++) {
      masks.add(digits(1 << bit, SINGLE_DEPTH));
    }
    for (String mask : masks) {
      if (!mask.matches("1+0*")) {
        mask(mask.length(), mask, draft.budget().oneSeed());
      }
    }
  }

  private static String digits(int mask, int depth) {
    return Integer.toBinaryString(mask | 1 << depth).substring(1);
  }

  private void claims(List<Integer> depths) {
    for (int depth : depths) {
      if (depth > MOST_TOP_BITS - 1) {
        claims(depth);
      }
    }
  }

  private void claims(int depth) {
    claim(
        "bits-three-" + depth,
        "The three most significant of " + depth + " bits are as good as floats.",
        new Compared(key(depth, "top3"), "bits-float", Hypothesis.asGoodAs()));
    claim(
        "bits-rest-" + depth,
        "The other bits of " + depth + " add nothing: without them it is as good as with all.",
        new Compared(key(depth, "top3"), key(depth, "all"), Hypothesis.asGoodAs()));
    claim(
        "bits-sign-" + depth,
        "Three of " + depth + " bits are better than the sign alone.",
        new Compared(key(depth, "top3"), key(depth, "top1"), Hypothesis.better()));
  }

  private void claim(String key, String sentence, Claim.Test test) {
    draft.add(new Claim(key, BITS, Kind.PAPER, sentence, test));
  }
}
