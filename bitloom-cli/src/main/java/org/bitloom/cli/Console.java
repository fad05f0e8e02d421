package org.bitloom.cli;

import java.io.PrintStream;
import java.util.Map;
import org.bitloom.io.Json;

/**
 * Where commands print.
 *
 * @param out results
 * @param err errors and progress
 * @param terminal whether {@code err} is a terminal, so that a line may be overwritten
 */
record Console(PrintStream out, PrintStream err, boolean terminal) {
  /** Prints one line of a result. */
  void line(String format, Object... values) {
    out.println(values.length == 0 ? format : Figures.format(format, values));
  }

  /** Prints the one object of {@code --json}. */
  void json(Map<String, Object> object) {
    out.println(Json.print(object));
  }
}
