package org.bitloom.cli.train;

import java.nio.file.Path;
import java.util.Objects;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.LayerRule;
import org.bitloom.data.Augmentation;
import org.bitloom.error.UsageException;
import org.bitloom.settings.InitFrom;
import org.bitloom.settings.Nested;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.settings.Schedule;

/**
 * Refuses options beside {@code --resume} that differ from the recorded settings.
 *
 * @param recorded settings of the run
 * @param folder of the run, for messages
 */
record ResumeCheck(RunSettings recorded, Path folder) {
  /** Checks every option that was given; those left out agree with anything. */
  void check(TrainOptions given) {
    same("--net", given.network, recorded.network());
    same("--data", given.data, recorded.data().name());
    checkWeights(given);
    same("--optimizer", given.optimizer, recorded.optimizer());
    same("--lr", given.rate, recorded.schedule().rate(1));
    same("--epochs", given.epochs, recorded.schedule().epochs());
    same(
        "--schedule",
        given.schedule == null ? null : Schedule.parse(given.schedule),
        recorded.schedule());
    same("--batch", given.batch, recorded.batch());
    same("--validation", given.validation, recorded.data().validation());
    same(
        "--augment",
        given.augmentation == null ? null : Augmentation.parse(given.augmentation),
        recorded.data().augmentation());
    same("--seed", given.seed, recorded.seed());
    same("--threads", given.threads, recorded.threads());
    same(
        "--init-from",
        given.initFrom == null ? null : given.initFrom.toString(),
        recorded.initFrom().map(InitFrom::path).orElse("left out"));
    same(
        "--nested",
        given.nested == null ? null : given.nested.toString(),
        recorded.nested().map(Nested::path).orElse("left out"));
    same("--limit", given.limit, recorded.data().limit());
    if (given.skipBadImages && !recorded.data().skipBadImages()) {
      throw differs("--skip-bad-images", "left out", "--skip-bad-images");
    }
  }

  private void checkWeights(TrainOptions given) {
    if (recorded.weights() instanceof BitWeights bits) {
      if (given.floatWeights) {
        throw differs("--float", "bits (depth " + bits.depth() + ")", "--float");
      }
      same("--bits", given.depth, bits.depth());
      if (given.mask != null) {
        same(
            "--mask",
            BitMask.parse(given.mask).at(bits.depth()).mask(),
            bits.mask().at(bits.depth()).mask());
      }
      same("--rule", given.rule, bits.rule().label());
      same("--drift", given.drift, bits.drift());
      same(
          "--layer",
          given.layers.isEmpty() ? null : given.layers.stream().map(LayerRule::parse).toList(),
          bits.layers());
    } else {
      given
          .bitOption()
          .ifPresent(
              option -> {
                throw differs("weights", "--float", option);
              });
    }
  }

  private <T> void same(String option, T given, T expected) {
    if (given != null && !Objects.equals(given, expected)) {
      throw differs(option, expected, given);
    }
  }

  private UsageException differs(String option, Object expected, Object given) {
    return new UsageException(
        option + " must be " + expected + " as recorded in " + folder + ", got " + given,
        "leave the option out to go on, or start a new run with another --out");
  }
}
