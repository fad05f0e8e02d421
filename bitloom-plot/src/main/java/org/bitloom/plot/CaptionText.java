package org.bitloom.plot;

import java.util.Locale;

/** Sentences that the captions of several pictures share. */
final class CaptionText {
  private CaptionText() {}

  /** Says what the band is; {@code name} tells its panel from others, or is empty. */
  static String baseline(Spread baseline, String name) {
    String where = name.isEmpty() ? "" : " (" + name + ")";
    if (baseline.isEmpty()) {
      return "No float baseline" + where + ".";
    }
    String runs = baseline.runs() == 1 ? "one run" : baseline.runs() + " runs";
    String what = baseline.runs() == 1 ? "Dashed line" : "Band";
    return what + where + ": float baseline, " + baseline.text() + " % (" + runs + ").";
  }

  static String bars(boolean repeated, String what) {
    return repeated
        ? what + " show the mean over seeds, error bars one standard deviation to each side."
        : what + " show one run each.";
  }

  static String count(int number, String one, String many) {
    return number == 1 ? "One " + one : number + " " + many;
  }

  static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
