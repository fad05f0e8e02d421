package org.bitloom.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.StopSignal;

/**
 * A command that was run in this JVM.
 *
 * @param exitCode it returned
 * @param out text on stdout
 * @param err text on stderr
 */
public record Captured(int exitCode, String out, String err) {
  /** Runs a command line whose words contain no blanks. */
  public static Captured run(String commandLine) {
    return run(Library.REAL, 0, commandLine.isEmpty() ? new String[0] : commandLine.split(" "));
  }

  public static Captured run(Library library, int columns, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            columns);
    int exitCode = Main.run(words, console, library, new StopSignal());
    return new Captured(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
