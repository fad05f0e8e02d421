package org.bitloom.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.StopSignal;
import org.bitloom.cli.data.DataCommand;
import org.bitloom.cli.model.CompareCommand;
import org.bitloom.cli.model.EvalCommand;
import org.bitloom.cli.model.InspectCommand;
import org.bitloom.cli.model.PredictCommand;
import org.bitloom.cli.payload.CapacityCommand;
import org.bitloom.cli.payload.EmbedCommand;
import org.bitloom.cli.payload.ExtractCommand;
import org.bitloom.cli.payload.Passphrases;
import org.bitloom.cli.payload.PayloadCommand;
import org.bitloom.cli.payload.ScanCommand;
import org.bitloom.cli.payload.ScrubCommand;
import org.bitloom.cli.sweep.SweepCommand;
import org.bitloom.cli.train.TrainCommand;
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
      return commandLine(console, library, stop, errors).execute(args);
    } catch (Throwable e) { // OutOfMemoryError and LinkageError pass through picocli
      return errors.report(e);
    }
  }

  private static CommandLine commandLine(
      Console console, Library library, StopSignal stop, ErrorReporter errors) {
    CommandLine command = new CommandLine(new BitloomCommand());
    Passphrases passphrases = Passphrases.standard();
    command.addSubcommand(new TrainCommand(console, library, stop, passphrases));
    command.addSubcommand(new EvalCommand(console, library));
    command.addSubcommand(new PredictCommand(console, library));
    command.addSubcommand(new SweepCommand(console, library, stop));
    command.addSubcommand(new InspectCommand(console));
    command.addSubcommand(new CompareCommand(console));
    command.addSubcommand(new CapacityCommand(console, library));
    command.addSubcommand(new EmbedCommand(console, library, passphrases));
    command.addSubcommand(new ExtractCommand(console, passphrases));
    command.addSubcommand(PayloadCommand.commandLine(console, passphrases));
    command.addSubcommand(new ScanCommand(console));
    command.addSubcommand(new ScrubCommand(console, library));
    command.addSubcommand(DataCommand.commandLine(console, library));
    command.addSubcommand(new EngineCommand(console, library));
    command.addSubcommand(new VersionCommand(console));
    command.addSubcommand(new CommandLine.HelpCommand());
    command.setExpandAtFiles(false);
    command.setUsageHelpLongOptionsMaxWidth(26);
    command.setOut(new PrintWriter(console.out(), true, Charset.defaultCharset()));
    command.setErr(new PrintWriter(console.err(), true, Charset.defaultCharset()));
    command.setParameterExceptionHandler((e, unused) -> errors.report(e));
    command.setExecutionExceptionHandler((e, ran, unused) -> errors.report(e));
    return command;
  }
}
