package org.bitloom.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command without a subcommand: shows the help. */
@Command(
    name = "bitloom",
    synopsisSubcommandLabel = "COMMAND",
    description = "Trains neural networks bit by bit.",
    versionProvider = VersionCommand.class,
    footer = {
      "",
      "Start with:  ./bitloom train",
      "Exit codes:  0 done, 1 failed, 2 wrong usage, 130 stopped by Ctrl-C"
    })
final class BitloomCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  @Override
  public void run() {
    CommandLine command = spec.commandLine();
    command.usage(command.getOut());
  }
}
