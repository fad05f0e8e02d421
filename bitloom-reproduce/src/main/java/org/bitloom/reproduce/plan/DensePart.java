package org.bitloom.reproduce.plan;

import static org.bitloom.reproduce.plan.Part.DENSE;

import java.util.List;
import org.bitloom.reproduce.plan.Budget.Quick;
import org.bitloom.reproduce.plan.Claim.Compared;
import org.bitloom.reproduce.plan.Claim.Kind;
import org.bitloom.reproduce.plan.Claim.Zeros;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;

/**
 * LeNet-300-100 with the settings of the author: batch 25, Adam, his three rates. Nothing here was
 * chosen by us but the number of epochs, which is the same for all rows of a table.
 */
final class DensePart {
  private static final int SEEDS = 10;
  private static final int FEWER_SEEDS = 5;
  private static final String SHORT = "15x9e-4,10x9e-5,5x9e-6";
  private static final String AUTHORS = "40x9e-4,40x9e-5,20x9e-6";
  private static final Quick QUICK = new Quick("3x9e-4,1x9e-5,1x9e-6", 10_000);

  /** The author reports some 70 % zeros for ResNet-20; a quarter is what we call sparse. */
  private static final double SPARSE = 0.25;

  private final Draft draft;
  private final Budget budget;

  private DensePart(Draft draft) {
    this.draft = draft;
    this.budget = draft.budget();
  }

  static void addTo(Draft draft) {
    DensePart part = new DensePart(draft);
    part.digits();
    if (!draft.budget().quick()) {
      part.authorsEpochs();
    }
    part.clothes();
  }

  private RunChoices common(String data, String phases) {
    RunChoices common =
        RunChoices.none()
            .with(Choice.NETWORK, "lenet300")
            .with(Choice.DATA, data)
            .with(Choice.BATCH, 25);
    return budget.schedule(common, phases, QUICK);
  }

  private void row(String key, String title, RunChoices choices, List<Long> seeds) {
    draft.add(new Row(key, DENSE, title, choices, seeds, Row.Load.NONE));
  }

  private void claim(String key, Kind kind, String sentence, Claim.Test test) {
    draft.add(new Claim(key, DENSE, kind, sentence, test));
  }

  private void digits() {
    RunChoices common = common("mnist", SHORT);
    List<Long> seeds = budget.seeds(SEEDS);
    List<Long> fewer = budget.seeds(FEWER_SEEDS);
    RunChoices top = Weights.topThreeOfSix(common);
    row("mnist-float", "MNIST, floats, Adam", Weights.floats(common), seeds);
    row("mnist-111000", "MNIST, 6 bits, 111000", top, seeds);
    row(
        "mnist-111000-independent",
        "MNIST, 6 bits, 111000, rule independent",
        Weights.independent(top),
        seeds);
    RunChoices all = Weights.all(common, 6);
    row("mnist-all", "MNIST, 6 bits, all trained", all, fewer);
    row(
        "mnist-all-independent",
        "MNIST, 6 bits, all trained, rule independent",
        Weights.independent(all),
        fewer);
    row("mnist-32-top3", "MNIST, 32 bits, top3", Weights.topThreeOf32(common), fewer);
    row(
        "mnist-zeros",
        "MNIST, 3 bits, all trained, --zeros 0.9",
        Weights.all(common, 3).with(Choice.ZEROS, 0.9),
        fewer);
    claimsOfDigits();
  }

  private void claimsOfDigits() {
    Hypothesis better = Hypothesis.better();
    claim(
        "dense-better",
        Kind.PAPER,
        "A fully connected network trained by bits is better than by standard training (MNIST).",
        new Compared("mnist-111000", "mnist-float", better));
    claim(
        "dense-better-independent",
        Kind.PAPER,
        "The same with the author's own rule, every latent with moments of its own (MNIST).",
        new Compared("mnist-111000-independent", "mnist-float", better));
    claim(
        "dense-integers",
        Kind.PAPER,
        "Integer weights, all of whose bits are trained, are as good as floats (MNIST).",
        new Compared("mnist-all", "mnist-float", Hypothesis.asGoodAs()));
    claim(
        "dense-sparse",
        Kind.PAPER,
        "Training all bits makes the network sparse without any regularizer (MNIST).",
        new Zeros("mnist-all", SPARSE));
    claim(
        "dense-32",
        Kind.PAPER,
        "With 29 of 32 bits left to noise it is as good as floats (MNIST).",
        new Compared("mnist-32-top3", "mnist-float", Hypothesis.asGoodAs()));
    claim(
        "goal-dense",
        Kind.GOAL,
        "LeNet-300-100, 111000, is better than float Adam by a paired test over 10 seeds.",
        new Compared("mnist-111000", "mnist-float", better));
    claim(
        "goal-dense-zeros",
        Kind.GOAL,
        "LeNet-300-100 with 90 % zeros is at most 0.3 points below float Adam.",
        new Compared("mnist-zeros", "mnist-float", Hypothesis.atMostBelow(0.3), 0.88));
  }

  private void authorsEpochs() {
    RunChoices common = common("mnist", AUTHORS);
    List<Long> seeds = budget.seeds(FEWER_SEEDS);
    RunChoices top = Weights.topThreeOfSix(common);
    row("mnist-long-float", "MNIST, author's epochs, floats, Adam", Weights.floats(common), seeds);
    row("mnist-long-111000", "MNIST, author's epochs, 6 bits, 111000", top, seeds);
    row(
        "mnist-long-111000-independent",
        "MNIST, author's epochs, 6 bits, 111000, rule independent",
        Weights.independent(top),
        seeds);
    claim(
        "dense-better-long",
        Kind.PAPER,
        "At the author's own 40, 40 and 20 epochs it is better than standard training (MNIST).",
        new Compared("mnist-long-111000", "mnist-long-float", Hypothesis.better()));
    claim(
        "dense-better-long-independent",
        Kind.PAPER,
        "The same at the author's epochs and with his rule (MNIST).",
        new Compared("mnist-long-111000-independent", "mnist-long-float", Hypothesis.better()));
  }

  private void clothes() {
    RunChoices common = common("fashion-mnist", SHORT);
    List<Long> seeds = budget.seeds(FEWER_SEEDS);
    row("fashion-float", "Fashion-MNIST, floats, Adam", Weights.floats(common), seeds);
    row("fashion-111000", "Fashion-MNIST, 6 bits, 111000", Weights.topThreeOfSix(common), seeds);
    row("fashion-all", "Fashion-MNIST, 6 bits, all trained", Weights.all(common, 6), seeds);
    claim(
        "dense-better-fashion",
        Kind.PAPER,
        "A fully connected network trained by bits is better than by standard training"
            + " (Fashion-MNIST, which the paper does not use).",
        new Compared("fashion-111000", "fashion-float", Hypothesis.better()));
  }
}
