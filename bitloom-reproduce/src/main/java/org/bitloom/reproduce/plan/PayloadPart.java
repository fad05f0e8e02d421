package org.bitloom.reproduce.plan;

import static org.bitloom.reproduce.plan.Part.PAYLOAD;

import java.util.List;
import java.util.Locale;
import org.bitloom.reproduce.plan.Budget.Quick;
import org.bitloom.reproduce.plan.Claim.Compared;
import org.bitloom.reproduce.plan.Claim.GivesBack;
import org.bitloom.reproduce.plan.Claim.Kind;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;

/** LeNet-300-100 on MNIST trained around files in 29 of its 32 bits. */
final class PayloadPart {
  private static final int SEEDS = 5;
  private static final String PHASES = "6x9e-4,2x9e-5,2x9e-6";
  private static final Quick QUICK = new Quick("3x9e-4,1x9e-5,1x9e-6", 10_000);
  private static final List<PayloadKind> QUICK_KINDS =
      List.of(PayloadKind.RANDOM, PayloadKind.TEXT, PayloadKind.PARITY);
  private static final String NOISE = "payload-noise";
  private static final String FLOATS = "payload-float";

  private PayloadPart() {}

  static void addTo(Draft draft) {
    Budget budget = draft.budget();
    List<Long> seeds = budget.seeds(SEEDS);
    RunChoices usual =
        RunChoices.none()
            .with(Choice.NETWORK, "lenet300")
            .with(Choice.DATA, "mnist")
            .with(Choice.BATCH, 64);
    RunChoices common = budget.schedule(usual, PHASES, QUICK);
    RunChoices bits = Weights.topThreeOf32(common);
    draft.add(
        new Row(FLOATS, PAYLOAD, "floats, Adam", Weights.floats(common), seeds, Row.Load.NONE));
    draft.add(new Row(NOISE, PAYLOAD, "32 bits, top3, noise", bits, seeds, Row.Load.NONE));
    draft.add(
        new Claim(
            NOISE,
            PAYLOAD,
            Kind.PAPER,
            "29 of 32 bits, more than 90 % of a network, may hold noise without loss.",
            new Compared(NOISE, FLOATS, Hypothesis.asGoodAs())));
    for (PayloadKind kind : budget.quick() ? QUICK_KINDS : List.of(PayloadKind.values())) {
      add(draft, kind, bits, seeds);
    }
  }

  private static void add(Draft draft, PayloadKind kind, RunChoices bits, List<Long> seeds) {
    String key = "payload-" + kind.name().toLowerCase(Locale.ROOT);
    String title = "32 bits, top3, " + kind.title();
    draft.add(new Row(key, PAYLOAD, title, bits, seeds, Row.Load.carrying(kind)));
    if (!kind.hasParity()) {
      draft.add(
          new Claim(
              key,
              PAYLOAD,
              Kind.PAPER,
              "They may hold a file of " + kind.title() + " without loss, as they hold noise.",
              new Compared(key, NOISE, Hypothesis.asGoodAs())));
    }
    String sentence =
        kind.hasParity()
            ? "A file stored with --ecc comes back to the byte though one of 40 bytes is wrong."
            : "The file of " + kind.title() + " comes back from the trained network to the byte.";
    Kind who = kind.hasParity() ? Kind.GOAL : Kind.PAPER;
    draft.add(new Claim(key + "-back", PAYLOAD, who, sentence, new GivesBack(key)));
  }
}
