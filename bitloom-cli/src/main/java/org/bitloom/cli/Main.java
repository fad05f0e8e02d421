package org.bitloom.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.StopSignal;
import picocli.CommandLine;

/** Runs the command line. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true"); // images are decoded without a display
    System.exit(run(args, Console.standard(), Library.REAL, new StopSignal()));
  }

  /** Runs the command in this JVM and returns its exit code. */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, new Console(out, err, 0), Library.REAL, new StopSignal());
  }

  /** Runs the command with another library than the real one and returns its exit code. */
  public static int run(String[] args, Console console, Library library, StopSignal stop) {
    List<String> words = Arrays.asList(args);
    ErrorReporter errors =
        new ErrorReporter(console, words.contains("--json"), words.contains("--debug"));
    try {
      int exitCode = execute(args, console, library, stop, errors);
      return errors.unwritten().orElse(exitCode);
    } finally {
      stop.finished();
    }
  }

  private static int execute(
      String[] args, Console console, Library library, StopSignal stop, ErrorReporter errors) {
    try {
      return commandLine(List.of(args), console, library, stop, errors).execute(args);
    } catch (Throwable e) { // OutOfMemoryError and LinkageError pass through picocli
      return errors.report(e);
    }
  }

  private static CommandLine commandLine(
      List<String> words, Console console, Library library, StopSignal stop, ErrorReporter errors) {
    CommandLine command = new Commands(console, library, stop).of(words);
    command.setExpandAtFiles(false);
    command.setUsageHelpLongOptionsMaxWidth(26);
    command.setOut(new PrintWriter(console.out(), true, Charset.defaultCharset()));
    command.setErr(new PrintWriter(console.err(), true, Charset.defaultCharset()));
    command.setParameterExceptionHandler((e, unused) -> errors.report(e));
    command.setExecutionExceptionHandler((e, ran, unused) -> errors.report(e));
    return command;
  }
}
