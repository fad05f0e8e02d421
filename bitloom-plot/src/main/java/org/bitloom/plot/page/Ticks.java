package org.bitloom.plot.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The marked positions of an axis and their words. */
public final class Ticks {
  /** Places a word on an axis. */
  public record Tick(double position, String word) {}

  private static final double[] STEPS = {1, 2, 5, 10};

  private Ticks() {}

  /**
   * Returns round percentages inside {@code from..to}, and inside 0..100.
   *
   * @param most how many ticks there may be, 2 or more
   */
  public static List<Tick> percent(double from, double to, int most) {
    double low = Math.max(0, from);
    double high = Math.min(100, to);
    double step = step((high - low) / most);
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    List<Tick> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9; i++) {
      ticks.add(new Tick(i * step, String.format(Locale.ROOT, "%." + decimals + "f", i * step)));
    }
    return ticks;
  }

  /**
   * Returns round differences inside {@code from..to}, with their sign.
   *
   * @param most how many ticks there may be, 2 or more
   */
  public static List<Tick> signed(double from, double to, int most) {
    double step = step((to - from) / most);
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    List<Tick> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + 1e-9; i++) {
      String word = String.format(Locale.ROOT, "%+." + decimals + "f", i * step);
      ticks.add(new Tick(i * step, i == 0 ? "0" : word));
    }
    return ticks;
  }

  /** Returns the least of 1, 2, 5 times a power of ten that is not below {@code least}. */
  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1e-3))));
    for (double step : STEPS) {
      if (step * power >= least - 1e-12) {
        return step * power;
      }
    }
    return 10 * power;
  }
}
