package org.bitloom.settings;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;
import org.bitloom.io.Json;

/**
 * Gives every epoch a learning rate, phase by phase: {@code 40x9e-4,40x9e-5,20x9e-6}.
 *
 * @param phases at least one
 */
public record PhaseSchedule(List<Phase> phases) implements Schedule {
  private static final Pattern PHASE =
      Pattern.compile("([0-9]{1,7})x([0-9.]+(?:[eE][-+]?[0-9]+)?)");

  /** One stretch of equal learning rate: epochs 1.., rate finite and above 0. */
  public record Phase(int epochs, double rate) {
    public Phase {
      if (epochs < 1) {
        throw new UsageException("epochs must be at least 1, got " + epochs, "raise it");
      }
      if (!(rate > 0) || Double.isInfinite(rate)) {
        throw new UsageException("learning rate must be above 0, got " + rate, "try 9e-4");
      }
    }
  }

  public PhaseSchedule {
    phases = List.copyOf(phases);
    if (phases.isEmpty()) {
      throw new UsageException("schedule must have a phase, got none", "try 3x9e-4,1x9e-5");
    }
    long epochs = total(phases);
    if (epochs > Integer.MAX_VALUE) {
      throw new UsageException(
          "epochs of all phases must be at most " + Integer.MAX_VALUE + ", got " + epochs,
          "lower them");
    }
  }

  /** Reads {@code EPOCHSxRATE} phases joined by commas. */
  public static PhaseSchedule parse(String text) {
    List<Phase> phases = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = PHASE.matcher(part.strip());
      if (!matcher.matches()) {
        throw new UsageException(
            "schedule must be EPOCHSxRATE phases joined by commas, got '" + part + "'",
            "for example 40x9e-4,40x9e-5,20x9e-6");
      }
      try {
        phases.add(
            new Phase(Integer.parseInt(matcher.group(1)), Double.parseDouble(matcher.group(2))));
      } catch (NumberFormatException e) {
        throw new UsageException(
            "learning rate must be a number, got '" + matcher.group(2) + "'", "for example 9e-4");
      }
    }
    return new PhaseSchedule(phases);
  }

  /**
   * Builds the schedule used when only a number of epochs is given: the rate for the first 60 % of
   * the epochs, a tenth of it for the next 20 %, a hundredth for the rest.
   */
  public static PhaseSchedule decaying(int epochs, double rate) {
    if (epochs < 1) {
      throw new UsageException("epochs must be at least 1, got " + epochs, "raise --epochs");
    }
    int last = epochs / 5;
    int middle = (epochs - last) / 4;
    List<Phase> phases = new ArrayList<>();
    phases.add(new Phase(epochs - middle - last, rate));
    if (middle > 0) {
      phases.add(new Phase(middle, shifted(rate, 1)));
    }
    if (last > 0) {
      phases.add(new Phase(last, shifted(rate, 2)));
    }
    return new PhaseSchedule(phases);
  }

  /** Divides by ten {@code places} times as people do: 9e-4 becomes 9e-5, not 8.999...e-5. */
  private static double shifted(double rate, int places) {
    return new BigDecimal(Double.toString(rate)).movePointLeft(places).doubleValue();
  }

  @Override
  public int epochs() {
    return (int) total(phases);
  }

  private static long total(List<Phase> phases) {
    return phases.stream().mapToLong(Phase::epochs).sum();
  }

  @Override
  public double firstRate() {
    return phases.get(0).rate();
  }

  @Override
  public double rate(long step, int batches) {
    return rate(Math.toIntExact((step - 1) / batches + 1));
  }

  /** Returns the learning rate of an epoch, 1..epochs. */
  public double rate(int epoch) {
    int left = epoch;
    for (Phase phase : phases) {
      if (epoch >= 1 && left <= phase.epochs()) {
        return phase.rate();
      }
      left -= phase.epochs();
    }
    throw new IllegalArgumentException("epoch must be 1.." + epochs() + ", got " + epoch);
  }

  @Override
  public String typed() {
    return text(Typed::number);
  }

  private String text(DoubleFunction<String> rates) {
    StringJoiner text = new StringJoiner(",");
    phases.forEach(phase -> text.add(phase.epochs() + "x" + rates.apply(phase.rate())));
    return text.toString();
  }

  /**
   * Prints the form that {@link #parse} reads, alike on every JDK; rates survive the round trip
   * exactly.
   */
  @Override
  public String toString() {
    return text(Json::print);
  }
}
