package org.bitloom.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bitloom.cli.command.Console;

/**
 * Prints what went wrong: one line on stderr, with {@code --json} an object on stdout too.
 *
 * @param json whether stdout gets an object
 * @param debug whether the stack trace follows
 */
record ErrorReporter(Console console, boolean json, boolean debug) {
  /** Prints an error and returns the exit code. */
  int report(Throwable error) {
    ErrorLine line = ErrorLine.of(error);
    console.err().println(console.freshLine() + "bitloom: " + line.message() + "; " + line.hint());
    if (debug) {
      error.printStackTrace(console.err());
    }
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("error", line.message());
      object.put("hint", line.hint());
      console.json(object);
    }
    return line.exitCode();
  }
}
