package org.bitloom.cli.command;

import picocli.CommandLine.Option;

/**
 * Options of a command that only groups others. What would change nothing here is not accepted: it
 * belongs behind the command that is meant.
 */
public final class GroupOptions {
  @Option(names = "--debug", description = "Add the stack trace to an error.")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
