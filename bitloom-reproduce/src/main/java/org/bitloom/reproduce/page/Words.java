package org.bitloom.reproduce.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.bitloom.reproduce.plan.Budget;
import org.bitloom.reproduce.plan.Part;
import org.bitloom.reproduce.plan.Plan;
import org.bitloom.statistics.Spread;

/** Figures and lists as the page writes them. */
final class Words {
  private static final String NONE = "";
  private static final int MOST_COLUMNS = 100;

  private Words() {}

  /**
   * Breaks a paragraph into lines, each with its end.
   *
   * @param indent of all lines but the first
   */
  static String wrapped(String text, String indent) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() + 1 + word.length() > MOST_COLUMNS) {
        lines.append(line).append("\n");
        line = new StringBuilder(indent + word);
      } else {
        line.append(line.length() == 0 ? "" : " ").append(word);
      }
    }
    return lines.append(line).append("\n").toString();
  }

  static String points(double points) {
    return Double.isNaN(points) ? NONE : String.format(Locale.ROOT, "%+.2f", points);
  }

  static String interval(double low, double high) {
    return Double.isNaN(low) ? NONE : points(low) + " to " + points(high);
  }

  static String pValue(double p) {
    if (Double.isNaN(p)) {
      return NONE;
    }
    return p < 0.0005 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
  }

  /** Writes {@code 98.23 ± 0.05} with some decimals, or one figure, or nothing. */
  static String spread(Spread spread, int decimals) {
    if (spread.isEmpty()) {
      return NONE;
    }
    String format = "%." + decimals + "f";
    String mean = String.format(Locale.ROOT, format, spread.mean());
    return spread.count() == 1
        ? mean
        : mean + " ± " + String.format(Locale.ROOT, format, spread.deviation());
  }

  /** Writes {@code 1..3} for neighbours and {@code 1, 4} for others. */
  static String seeds(Collection<Long> seeds) {
    List<String> words = new ArrayList<>();
    List<Long> sorted = seeds.stream().sorted().toList();
    for (int i = 0; i < sorted.size(); i++) {
      int first = i;
      while (i + 1 < sorted.size() && sorted.get(i + 1) == sorted.get(i) + 1) {
        i++;
      }
      words.add(first == i ? "" + sorted.get(i) : sorted.get(first) + ".." + sorted.get(i));
    }
    return String.join(", ", words);
  }

  /** Writes the command that makes a page like this, wherever its data and its folder are. */
  static String command(Plan plan) {
    Budget budget = plan.budget();
    StringBuilder words = new StringBuilder("./bitloom reproduce");
    if (budget.quick()) {
      words.append(" --quick");
    }
    if (plan.parts().size() < Part.values().length) {
      words
          .append(" --only ")
          .append(String.join(",", plan.parts().stream().sorted().map(Part::label).toList()));
    }
    if (!budget.seeds().isEmpty()) {
      words.append(" --seeds ").append(seeds(budget.seeds()).replace(" ", ""));
    }
    if (budget.epochsShare() != 1) {
      words.append(" --epochs-share ").append(budget.epochsShare());
    }
    return words.toString();
  }
}
