package org.bitloom.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.bitloom.plot.page.TickedAxis;
import org.bitloom.plot.page.Ticks.Tick;

/**
 * Places numbers of trained bits along an axis: evenly up to eight, else by their logarithm.
 *
 * @param counts the numbers that occur, at least one
 */
record BitScale(SortedSet<Integer> counts) {
  private static final int MOST_EVENLY = 8;
  private static final List<Integer> MARKED =
      List.of(1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32);

  boolean isLogarithmic() {
    return counts.last() > MOST_EVENLY;
  }

  double position(int bits) {
    return isLogarithmic() ? Math.log(bits) / Math.log(2) : bits;
  }

  double lower() {
    return position(counts.first()) - margin();
  }

  double upper() {
    return position(counts.last()) + margin();
  }

  private double margin() {
    double span = position(counts.last()) - position(counts.first());
    return span == 0 ? 0.5 : 0.07 * span;
  }

  /** Returns how far apart {@code series} points of one count may stand and still belong to it. */
  double shiftBetween(int series) {
    double least = upper() - lower();
    Integer before = null;
    for (int count : counts) {
      if (before != null) {
        least = Math.min(least, position(count) - position(before));
      }
      before = count;
    }
    double room = Math.min(0.5 * least, 0.05 * (upper() - lower()));
    return room / Math.max(series, 1);
  }

  TickedAxis axis() {
    List<Tick> ticks = new ArrayList<>();
    for (int bits : MARKED) {
      if (bits >= counts.first() && bits <= counts.last()) {
        ticks.add(new Tick(position(bits), Integer.toString(bits)));
      }
    }
    String label = "trained bits per weight, from the sign downwards";
    return new TickedAxis(
        isLogarithmic() ? label + " (logarithmic)" : label, lower(), upper(), ticks);
  }
}
