package org.bitloom.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.StopSignal;
import org.bitloom.cli.data.DataCommand;
import org.bitloom.cli.model.CompareCommand;
import org.bitloom.cli.model.EvalCommand;
import org.bitloom.cli.model.ExportCommand;
import org.bitloom.cli.model.InspectCommand;
import org.bitloom.cli.model.PredictCommand;
import org.bitloom.cli.payload.CapacityCommand;
import org.bitloom.cli.payload.EmbedCommand;
import org.bitloom.cli.payload.ExtractCommand;
import org.bitloom.cli.payload.Passphrases;
import org.bitloom.cli.payload.PayloadCommand;
import org.bitloom.cli.payload.ScanCommand;
import org.bitloom.cli.payload.ScrubCommand;
import org.bitloom.cli.report.ReportCommand;
import org.bitloom.cli.report.WatchCommand;
import org.bitloom.cli.sweep.ReproduceCommand;
import org.bitloom.cli.sweep.SweepCommand;
import org.bitloom.cli.train.TrainCommand;
import picocli.CommandLine;

/**
 * The commands by name, in the order of the help. To look at the options of all of them takes
 * longer than many a command itself, so only the one that is asked for is made.
 */
final class Commands {
  private final Map<String, Supplier<Object>> byName = new LinkedHashMap<>();

  Commands(Console console, Library library, StopSignal stop) {
    Passphrases passphrases = Passphrases.standard();
    byName.put("train", () -> new TrainCommand(console, library, stop, passphrases));
    byName.put("eval", () -> new EvalCommand(console, library));
    byName.put("predict", () -> new PredictCommand(console, library));
    byName.put("export", () -> new ExportCommand(console, library));
    byName.put("sweep", () -> new SweepCommand(console, library, stop));
    byName.put("reproduce", () -> new ReproduceCommand(console, library, stop));
    byName.put("inspect", () -> new InspectCommand(console));
    byName.put("compare", () -> new CompareCommand(console));
    byName.put("report", () -> new ReportCommand(console));
    byName.put("watch", () -> new WatchCommand(console, stop));
    byName.put("capacity", () -> new CapacityCommand(console, library));
    byName.put("embed", () -> new EmbedCommand(console, library, passphrases));
    byName.put("extract", () -> new ExtractCommand(console, passphrases));
    byName.put("payload", () -> PayloadCommand.commandLine(console, passphrases));
    byName.put("scan", () -> new ScanCommand(console));
    byName.put("scrub", () -> new ScrubCommand(console, library));
    byName.put("data", () -> DataCommand.commandLine(console, library));
    byName.put("engine", () -> new EngineCommand(console, library));
    byName.put("version", () -> new VersionCommand(console));
    byName.put("help", CommandLine.HelpCommand::new);
  }

  /**
   * Returns the command line for some words: with the command that the first one names; with all
   * commands if it names none, or asks for help.
   */
  CommandLine of(List<String> words) {
    CommandLine command = new CommandLine(new BitloomCommand());
    boolean one = !words.isEmpty() && byName.containsKey(words.get(0)) && !words.contains("help");
    for (Map.Entry<String, Supplier<Object>> each : byName.entrySet()) {
      if (!one || each.getKey().equals(words.get(0))) {
        command.addSubcommand(each.getKey(), each.getValue().get());
      }
    }
    return command;
  }
}
