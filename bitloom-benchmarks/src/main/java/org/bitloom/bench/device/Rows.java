package org.bitloom.bench.device;

import java.io.PrintStream;
import java.util.Locale;

/** Prints rows of the table, {@code | part | case | result | beside |}, as they come. */
final class Rows {
  private final PrintStream out;
  private boolean failed;

  Rows(PrintStream out) {
    this.out = out;
  }

  void head() {
    out.println("| part | case | result | beside |");
    out.println("|---|---|---|---|");
  }

  void row(String part, String what, String result, String beside) {
    out.printf(Locale.ROOT, "| %s | %s | %s | %s |%n", part, what, result, beside);
    out.flush();
  }

  /** Prints a row of something that must hold. */
  void require(boolean holds, String part, String what, String result, String beside) {
    failed |= !holds;
    row(part, what, (holds ? "" : "NO: ") + result, beside);
  }

  /** Says whether something did not hold that must. */
  boolean hasFailed() {
    return failed;
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
