package org.bitloom.cli.command;

import picocli.CommandLine.Option;

/** Options of every command. */
public final class CommonOptions {
  @Option(names = "--json", description = "Print one JSON object on stdout and nothing else.")
  public boolean json;

  @Option(names = "--debug", description = "Add the stack trace to an error.")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
