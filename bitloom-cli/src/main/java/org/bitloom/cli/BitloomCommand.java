package org.bitloom.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a subcommand: shows the help. */
@Command(
    name = "bitloom",
    mixinStandardHelpOptions = true,
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

  @Override
  public void run() {
    CommandLine command = spec.commandLine();
    command.usage(command.getOut());
  }
}
