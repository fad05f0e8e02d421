package org.bitloom.reproduce.plan;

import static org.bitloom.reproduce.plan.Part.NESTED;

import java.util.List;
import org.bitloom.reproduce.plan.Budget.Quick;
import org.bitloom.reproduce.plan.Claim.Compared;
import org.bitloom.reproduce.plan.Claim.GivesBack;
import org.bitloom.reproduce.plan.Claim.Kind;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;

/**
 * A LeNet-300-100 trained around another one: 16 bits, of which the lower 8 are a network trained
 * before. Where Fashion-MNIST is missing, nothing of this part can be trained but the inner
 * network.
 */
final class NestedPart {
  private static final int SEEDS = 5;
  private static final String PHASES = "6x9e-4,2x9e-5,2x9e-6";
  private static final Quick QUICK = new Quick("3x9e-4,1x9e-5,1x9e-6", 10_000);
  private static final String INNER = "nested-inner";

  private NestedPart() {}

  private static RunChoices common(Budget budget, String data) {
    RunChoices usual =
        RunChoices.none()
            .with(Choice.NETWORK, "lenet300")
            .with(Choice.DATA, data)
            .with(Choice.BATCH, 64);
    return budget.schedule(usual, PHASES, QUICK);
  }

  static void addTo(Draft draft) {
    List<Long> seeds = draft.budget().seeds(SEEDS);
    RunChoices digits = common(draft.budget(), "mnist");
    draft.add(
        new Row(
            INNER,
            NESTED,
            "inner: MNIST, 8 bits, all trained",
            Weights.all(digits, 8),
            seeds,
            Row.Load.NONE));
    outer(draft, "mnist", "MNIST", digits, seeds);
    outer(draft, "fashion", "Fashion-MNIST", common(draft.budget(), "fashion-mnist"), seeds);
  }

  private static void outer(
      Draft draft, String name, String data, RunChoices common, List<Long> seeds) {
    RunChoices bits = Weights.bits(common, 16, "top8");
    String outer = "nested-" + name;
    String alone = outer + "-alone";
    draft.add(new Row(alone, NESTED, data + ", 16 bits, top8, noise", bits, seeds, Row.Load.NONE));
    draft.add(
        new Row(
            outer,
            NESTED,
            data + ", 16 bits, top8, around the inner",
            bits,
            seeds,
            Row.Load.around(INNER)));
    draft.add(
        new Claim(
            outer,
            NESTED,
            Kind.PAPER,
            "Free bits may hold the weights of a trained network without loss (" + data + ").",
            new Compared(outer, alone, Hypothesis.asGoodAs())));
    draft.add(
        new Claim(
            outer + "-back",
            NESTED,
            Kind.PAPER,
            "That network is still there bit for bit after training around it (" + data + ").",
            new GivesBack(outer)));
  }
}
