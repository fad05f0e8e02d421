package org.bitloom.plot;

import java.util.Locale;
import org.bitloom.statistics.Spread;

/**
 * Says what a reader must know to judge a picture or to make it again.
 *
 * @param title stands above the picture
 * @param network such as {@code LeNet-300-100}
 * @param dataSet such as {@code MNIST}
 * @param seeds the seeds of the runs as a text, such as {@code 1..3}
 * @param command the command line that made the runs; control characters in any of the texts become
 *     blanks
 */
public record Caption(String title, String network, String dataSet, String seeds, String command) {
  public Caption {
    title = printable(title);
    network = printable(network);
    dataSet = printable(dataSet);
    seeds = printable(seeds);
    command = printable(command);
  }

  /** Puts a blank for what XML forbids and no font shows. */
  static String printable(String text) {
    return text.replaceAll("\\p{C}", " ");
  }

  String origin() {
    return network + " on " + dataSet + "; seeds " + seeds + ".";
  }

  String commandLine() {
    return "Command: " + command;
  }

  /** Says what the band is; {@code name} tells its panel from others, or is empty. */
  static String baseline(Spread baseline, String name) {
    String where = name.isEmpty() ? "" : " (" + name + ")";
    if (baseline.isEmpty()) {
      return "No float baseline" + where + ".";
    }
    String runs = baseline.count() == 1 ? "one run" : baseline.count() + " runs";
    String what = baseline.count() == 1 ? "Dashed line" : "Band";
    return what + where + ": float baseline, " + Caption.spread(baseline) + " % (" + runs + ").";
  }

  static String bars(boolean repeated, String what) {
    return repeated
        ? what + " show the mean over seeds, error bars one standard deviation to each side."
        : what + " show one run each.";
  }

  static String count(int number, String one, String many) {
    return number == 1 ? "One " + one : number + " " + many;
  }

  /** Writes {@code 98.23} for one run and {@code 98.23 ± 0.05} for more. */
  static String spread(Spread spread) {
    String middle = String.format(Locale.ROOT, "%.2f", spread.mean());
    return spread.count() < 2
        ? middle
        : middle + String.format(Locale.ROOT, " ± %.2f", spread.deviation());
  }

  static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
