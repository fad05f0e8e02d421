package org.bitloom.reproduce.plan;

import static org.bitloom.reproduce.plan.Part.RESIDUAL;

import java.util.List;
import org.bitloom.reproduce.plan.Claim.Compared;
import org.bitloom.reproduce.plan.Claim.Kind;
import org.bitloom.reproduce.plan.Claim.Zeros;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;

/**
 * ResNet-20 on CIFAR-10, 104 epochs, cosine decay, beside float Adam, the paper's baseline, and
 * beside float SGD with weight decay, that of practice. On a processor this takes weeks.
 */
final class ResidualPart {
  private static final int SEEDS = 5;
  private static final int EPOCHS = 104;
  private static final int EPOCHS_FROM_FLOATS = 30;
  private static final int QUICK_EPOCHS = 1;
  private static final int QUICK_SAMPLES = 1000;
  private static final double[] ADAM_RATES = {1e-3, 5e-4, 2e-3};
  private static final double[] BIT_RATES = {2e-3, 1e-3, 4e-3};
  private static final double[] SGD_RATES = {0.1, 0.05, 0.2};
  private static final double[] LOW_RATES = {3e-4, 1e-4, 1e-3};
  private static final double SPARSE = 0.25;

  /** The baseline of practice, which others start from. */
  private static final String STRONG = "resnet20-sgd";

  private final Draft draft;
  private final Budget budget;

  private ResidualPart(Draft draft) {
    this.draft = draft;
    this.budget = draft.budget();
  }

  static void addTo(Draft draft) {
    ResidualPart part = new ResidualPart(draft);
    part.againstAdam();
    part.fromFloats();
    if (!draft.budget().quick()) {
      part.sparse();
    }
  }

  private RunChoices common(int epochs) {
    RunChoices common =
        RunChoices.none()
            .with(Choice.NETWORK, "resnet20")
            .with(Choice.DATA, "cifar10")
            .with(Choice.AUGMENTATION, "shift10+flip")
            .with(Choice.BATCH, 128)
            .with(Choice.DECAY, "cosine");
    return budget.quick()
        ? common.with(Choice.EPOCHS, QUICK_EPOCHS).with(Choice.LIMIT, QUICK_SAMPLES)
        : common.with(Choice.EPOCHS, budget.epochs(epochs));
  }

  private List<Long> seeds() {
    return budget.quick() ? budget.oneSeed() : budget.seeds(SEEDS);
  }

  private void row(String key, String title, RunChoices choices, double... rates) {
    draft.add(
        new Row("resnet20-" + key, RESIDUAL, title, choices, seeds(), Row.Load.NONE),
        Row.Load.NONE,
        rates);
  }

  private void claim(
      String key, Kind kind, String sentence, String row, String baseline, Hypothesis what) {
    draft.add(
        new Claim(
            key,
            RESIDUAL,
            kind,
            sentence,
            new Compared("resnet20-" + row, "resnet20-" + baseline, what)));
  }

  private static RunChoices even(RunChoices bits) {
    return bits.with(Choice.LATENTS, "even");
  }

  private void againstAdam() {
    RunChoices common = common(EPOCHS);
    row("adam", "floats, Adam", Weights.floats(common), ADAM_RATES);
    row("111000", "6 bits, 111000, even latents", even(Weights.topThreeOfSix(common)), BIT_RATES);
    row(
        "32-top3",
        "32 bits, top3, noise, even latents",
        even(Weights.topThreeOf32(common)),
        BIT_RATES);
    claim(
        "residual",
        Kind.PAPER,
        "A residual network does about as well by bits as by standard training (Adam).",
        "111000",
        "adam",
        Hypothesis.asGoodAs());
    claim(
        "residual-32",
        Kind.PAPER,
        "So it does with noise in 29 of 32 bits.",
        "32-top3",
        "adam",
        Hypothesis.asGoodAs());
    claim(
        "goal-residual",
        Kind.GOAL,
        "ResNet-20, 111000, is not below float Adam.",
        "111000",
        "adam",
        Hypothesis.notBelow());
    claim(
        "goal-residual-32",
        Kind.GOAL,
        "ResNet-20, 32 bits with noise, is not below float Adam.",
        "32-top3",
        "adam",
        Hypothesis.notBelow());
  }

  private void fromFloats() {
    RunChoices sgd =
        common(EPOCHS)
            .with(Choice.OPTIMIZER, "sgd")
            .with(Choice.NESTEROV, true)
            .with(Choice.WEIGHT_DECAY, 5e-4);
    row("sgd", "floats, SGD with weight decay", Weights.floats(sgd), SGD_RATES);
    RunChoices low = common(EPOCHS_FROM_FLOATS);
    fromFloats("from-floats", "3 bits, all trained, from floats", Weights.all(low, 3));
    fromFloats(
        "from-floats-32",
        "32 bits, top3, noise, from floats",
        Weights.topThreeOf32(low).with(Choice.FROZEN_BITS, "noise"));
    claim(
        "goal-from-floats",
        Kind.GOAL,
        "ResNet-20, three trained bits from floats, is at most 0.5 points below float SGD with"
            + " weight decay.",
        "from-floats",
        "sgd",
        Hypothesis.atMostBelow(0.5));
    claim(
        "goal-from-floats-32",
        Kind.GOAL,
        "So it is with noise in 29 bits beside the three.",
        "from-floats-32",
        "sgd",
        Hypothesis.atMostBelow(0.5));
  }

  /** What tries rates starts from a float network that has not seen the samples held out either. */
  private void fromFloats(String key, String title, RunChoices choices) {
    draft.add(
        new Row("resnet20-" + key, RESIDUAL, title, choices, seeds(), Row.Load.from(STRONG)),
        Row.Load.from(STRONG + "-rate-" + SGD_RATES[0]),
        LOW_RATES);
  }

  private void sparse() {
    RunChoices common = common(EPOCHS);
    row("all", "6 bits, all trained, even latents", even(Weights.all(common, 6)), BIT_RATES);
    row(
        "zeros",
        "3 bits, all trained, even latents, --zeros 0.66",
        even(Weights.all(common, 3)).with(Choice.ZEROS, 0.66),
        BIT_RATES);
    draft.add(
        new Claim(
            "residual-sparse",
            RESIDUAL,
            Kind.PAPER,
            "Training all bits makes the network sparse without any regularizer (ResNet-20).",
            new Zeros("resnet20-all", SPARSE)));
    draft.add(
        new Claim(
            "goal-residual-zeros",
            RESIDUAL,
            Kind.GOAL,
            "ResNet-20 with 66 % zeros is at most 0.3 points below float Adam.",
            new Compared("resnet20-zeros", "resnet20-adam", Hypothesis.atMostBelow(0.3), 0.64)));
  }
}
