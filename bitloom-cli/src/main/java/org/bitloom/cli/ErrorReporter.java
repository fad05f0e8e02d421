package org.bitloom.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.ExitCode;
import org.bitloom.cli.command.UnwrittenException;

/**
 * Prints what went wrong: one line on stderr, with {@code --json} an object on stdout too.
 *
 * @param json whether stdout gets an object
 * @param debug whether the stack trace follows
 */
record ErrorReporter(Console console, boolean json, boolean debug) {
  /** Prints an error and returns the exit code. */
  int report(Throwable error) {
    if (isUnwritten(error)) {
      return ExitCode.FAILED; // told when the command ends
    }
    ErrorLine line = ErrorLine.of(error);
    print(line);
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

  /**
   * Tells why some of the output could not be written, on stderr as far as that still works.
   *
   * @return the exit code then; empty if all was written
   */
  OptionalInt unwritten() {
    Optional<UnwrittenException> problem = console.unwritten();
    problem.map(ErrorLine::of).ifPresent(this::print);
    console.err().flush();
    return problem.isPresent() ? OptionalInt.of(ExitCode.FAILED) : OptionalInt.empty();
  }

  private void print(ErrorLine line) {
    console.tell("bitloom: " + line.message() + "; " + line.hint());
  }

  private static boolean isUnwritten(Throwable error) {
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (each instanceof UnwrittenException) {
        return true;
      }
    }
    return false;
  }
}
