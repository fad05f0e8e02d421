package org.bitloom.cli.command;

/** What the command returns to the shell; the footer of the help tells the same. */
public final class ExitCode {
  /** The command did what it was asked. */
  public static final int DONE = 0;

  /** It failed: bad data, a damaged file, a run that diverged. */
  public static final int FAILED = 1;

  /** It was asked something that makes no sense. */
  public static final int WRONG_USAGE = 2;

  /** It was stopped and can go on. */
  public static final int STOPPED = 130;

  private ExitCode() {}
}
