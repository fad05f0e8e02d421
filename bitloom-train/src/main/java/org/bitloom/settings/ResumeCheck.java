package org.bitloom.settings;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.bitloom.bits.BitMask;
import org.bitloom.error.UsageException;
import org.bitloom.settings.RunChoices.Choice;
import org.bitloom.settings.RunSettings.BitWeights;

/**
 * Refuses choices that differ from the recorded settings of a run that is to go on.
 *
 * @param recorded settings of the run
 * @param folder of the run, for messages
 */
public record ResumeCheck(RunSettings recorded, Path folder) {
  /**
   * Checks everything that was chosen; what was not agrees with anything.
   *
   * @throws UsageException if something differs
   */
  public void check(RunChoices chosen) {
    same(chosen, Choice.NETWORK, recorded.network());
    same(chosen, Choice.DATA, recorded.data().name());
    checkWeights(chosen);
    same(chosen, Choice.OPTIMIZER, recorded.optimizer());
    same(chosen, Choice.RATE, recorded.schedule().rate(1));
    same(chosen, Choice.EPOCHS, recorded.schedule().epochs());
    same(Choice.SCHEDULE, chosen.givenSchedule(), recorded.schedule());
    same(chosen, Choice.BATCH, recorded.batch());
    same(chosen, Choice.VALIDATION, recorded.data().validation());
    same(Choice.AUGMENTATION, chosen.augmentation(), recorded.data().augmentation());
    same(Choice.INPUT, chosen.input(), recorded.data().input());
    same(chosen, Choice.SEED, recorded.seed());
    same(chosen, Choice.THREADS, recorded.threads());
    same(
        Choice.INIT_FROM,
        chosen.get(Choice.INIT_FROM, Path.class).map(Path::toString),
        recorded.initFrom().map(InitFrom::path).orElse("left out"));
    same(
        Choice.NESTED,
        chosen.get(Choice.NESTED, Path.class).map(Path::toString),
        recorded.nested().map(Nested::path).orElse("left out"));
    same(chosen, Choice.LIMIT, recorded.data().limit());
    if (chosen.has(Choice.SKIP_BAD_IMAGES) && !recorded.data().skipBadImages()) {
      throw differs(Choice.SKIP_BAD_IMAGES.option(), "left out", Choice.SKIP_BAD_IMAGES.option());
    }
  }

  private void checkWeights(RunChoices chosen) {
    if (recorded.weights() instanceof BitWeights bits) {
      if (chosen.has(Choice.FLOATS)) {
        throw differs("--float", "bits (depth " + bits.depth() + ")", "--float");
      }
      same(chosen, Choice.DEPTH, bits.depth());
      same(Choice.MASK, chosen.mask().map(mask -> digits(mask, bits)), digits(bits.mask(), bits));
      same(chosen, Choice.RULE, bits.rule().label());
      same(chosen, Choice.DRIFT, bits.drift());
      same(
          Choice.LAYERS,
          Optional.of(chosen.layers()).filter(rules -> !rules.isEmpty()),
          bits.layers());
    } else if (chosen.ofBits().isPresent()) {
      throw differs("weights", "--float", chosen.ofBits().get().option());
    }
  }

  private static String digits(BitMask mask, BitWeights bits) {
    return mask.at(bits.depth()).mask();
  }

  private void same(RunChoices chosen, Choice choice, Object expected) {
    same(choice, chosen.get(choice, Object.class), expected);
  }

  private void same(Choice choice, Optional<?> chosen, Object expected) {
    if (chosen.isPresent() && !Objects.equals(chosen.get(), expected)) {
      throw differs(choice.option(), expected, chosen.get());
    }
  }

  private UsageException differs(String option, Object expected, Object given) {
    return new UsageException(
        option + " must be " + expected + " as recorded in " + folder + ", got " + given,
        "leave the option out to go on, or start a new run with another --out");
  }
}
