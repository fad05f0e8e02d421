package org.bitloom.reproduce.plan;

import static org.bitloom.reproduce.plan.Part.CONV;

import java.util.List;
import org.bitloom.reproduce.plan.Claim.Compared;
import org.bitloom.reproduce.plan.Claim.Kind;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;

/**
 * Conv2 and Conv6 on CIFAR-10 with even latents, 25 epochs, cosine decay. On a processor this takes
 * days, on a GPU minutes a run.
 */
final class ConvPart {
  private static final int SEEDS = 5;
  private static final int EPOCHS = 25;
  private static final int QUICK_EPOCHS = 1;
  private static final int QUICK_SAMPLES = 1000;

  /** The author's first. */
  private static final double[] RATES = {6e-4, 3e-4, 1.2e-3};

  /** Higher: what counts is the rate beside the deviation of even latents. */
  private static final double[] BIT_RATES = {6e-4, 1.2e-3, 2.4e-3};

  private static final double ZEROS = 0.6;

  private final Draft draft;
  private final Budget budget;

  private ConvPart(Draft draft) {
    this.draft = draft;
    this.budget = draft.budget();
  }

  static void addTo(Draft draft) {
    ConvPart part = new ConvPart(draft);
    part.network("conv2", "Conv2");
    if (!draft.budget().quick()) {
      part.network("conv6", "Conv6");
      part.zeros();
    }
  }

  private List<Long> seeds() {
    return budget.quick() ? budget.oneSeed() : budget.seeds(SEEDS);
  }

  private RunChoices common(String network) {
    RunChoices common =
        RunChoices.none()
            .with(Choice.NETWORK, network)
            .with(Choice.DATA, "cifar10")
            .with(Choice.AUGMENTATION, "shift10+flip")
            .with(Choice.BATCH, 128)
            .with(Choice.DECAY, "cosine");
    return budget.quick()
        ? common.with(Choice.EPOCHS, QUICK_EPOCHS).with(Choice.LIMIT, QUICK_SAMPLES)
        : common.with(Choice.EPOCHS, budget.epochs(EPOCHS));
  }

  private static RunChoices even(RunChoices bits) {
    return bits.with(Choice.LATENTS, "even");
  }

  private void row(String key, String title, RunChoices choices, double... rates) {
    draft.add(new Row(key, CONV, title, choices, seeds(), Row.Load.NONE), Row.Load.NONE, rates);
  }

  private void network(String network, String name) {
    RunChoices common = common(network);
    row(network + "-float", name + ", floats, Adam", Weights.floats(common), RATES);
    row(
        network + "-111000",
        name + ", 6 bits, 111000, even latents",
        even(Weights.topThreeOfSix(common)),
        BIT_RATES);
    Claim.Test test = new Compared(network + "-111000", network + "-float", Hypothesis.asGoodAs());
    draft.add(
        new Claim(
            network,
            CONV,
            Kind.PAPER,
            "A convolutional network does about as well by bits as by standard training ("
                + name
                + ").",
            test));
    draft.add(
        new Claim(
            "goal-" + network,
            CONV,
            Kind.GOAL,
            name + ", 111000, is at most 0.3 points below float Adam.",
            test));
  }

  private void zeros() {
    row(
        "conv6-zeros",
        "Conv6, 3 bits, all trained, even latents, --zeros 0.6",
        even(Weights.all(common("conv6"), 3)).with(Choice.ZEROS, ZEROS),
        BIT_RATES);
    draft.add(
        new Claim(
            "goal-conv-zeros",
            CONV,
            Kind.GOAL,
            "Conv6 with 60 % zeros is at most 0.3 points below float Adam.",
            new Compared("conv6-zeros", "conv6-float", Hypothesis.atMostBelow(0.3), 0.58)));
  }
}
