package org.bitloom.settings;

import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;
import org.bitloom.io.Json;
import org.bitloom.settings.PhaseSchedule.Phase;
import org.bitloom.update.RateCurve;
import org.bitloom.update.RateDecay;

/**
 * Changes the learning rate every step: a linear rise over the warmup, then a decay to the end of
 * the run. {@code cosine:30x0.001:warmup2} falls along a cosine over 28 of 30 epochs.
 *
 * @param decay how the rate falls
 * @param epochs at least 1
 * @param rate the highest, finite and above 0
 * @param warmup epochs of the rise, 0 to below epochs; may end within an epoch
 */
public record DecaySchedule(RateDecay decay, int epochs, double rate, double warmup)
    implements Schedule {
  private static final String NUMBER = "[0-9.]+(?:[eE][-+]?[0-9]+)?";
  private static final Pattern TEXT =
      Pattern.compile("([a-z]+):([0-9]{1,9})x(" + NUMBER + ")(?::warmup(" + NUMBER + "))?");

  public DecaySchedule {
    Phase checked = new Phase(epochs, rate);
    if (!(warmup >= 0 && warmup < checked.epochs())) {
      throw new UsageException(
          "warmup must be 0 to below the " + epochs + " epochs of the run, got " + warmup,
          "lower --warmup or raise --epochs");
    }
  }

  /** Reads {@code DECAY:EPOCHSxRATE} or {@code DECAY:EPOCHSxRATE:warmupEPOCHS}. */
  static DecaySchedule parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    try {
      if (matcher.matches()) {
        String warmup = matcher.group(4);
        return new DecaySchedule(
            RateDecay.parse(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Double.parseDouble(matcher.group(3)),
            warmup == null ? 0 : Double.parseDouble(warmup));
      }
    } catch (NumberFormatException e) {
      throw new UsageException(
          "learning rate and warmup must be numbers, got '" + text + "'",
          "for example cosine:30x1e-3");
    }
    throw new UsageException(
        "schedule must be DECAY:EPOCHSxRATE or DECAY:EPOCHSxRATE:warmupEPOCHS, got '" + text + "'",
        "for example cosine:30x1e-3:warmup1");
  }

  @Override
  public double firstRate() {
    return rate;
  }

  @Override
  public double rate(long step, int batches) {
    long steps = (long) epochs * batches;
    long rise = Math.min(Math.round(warmup * batches), steps - 1);
    return new RateCurve(rate, decay, rise, steps).at(step);
  }

  @Override
  public String typed() {
    return text(Typed::number);
  }

  @Override
  public String toString() {
    return text(Json::print);
  }

  private String text(DoubleFunction<String> numbers) {
    String text = decay.label() + ":" + epochs + "x" + numbers.apply(rate);
    return warmup == 0 ? text : text + ":warmup" + numbers.apply(warmup);
  }
}
