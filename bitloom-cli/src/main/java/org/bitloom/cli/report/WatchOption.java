package org.bitloom.cli.report;

import java.io.IOException;
import java.nio.file.Path;
import org.bitloom.cli.command.Console;
import org.bitloom.watch.Watch;
import picocli.CommandLine.Option;

/** The option of a command that trains, and shows on a page meanwhile what it does. */
public final class WatchOption {
  @Option(
      names = "--watch",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "0",
      description =
          "Show it as a live page meanwhile, on this machine only, at an address that is told first"
              + " (port: any free one, or --watch=PORT).")
  private Integer port;

  /** What a command does while the page is open. */
  @FunctionalInterface
  public interface Work<T> {
    T get() throws IOException, InterruptedException;
  }

  /**
   * Does some work in a folder, and shows it if that was asked for.
   *
   * @param console whose stderr is told the address, also by a quiet command
   */
  public <T> T during(Path folder, Console console, Work<T> work)
      throws IOException, InterruptedException {
    if (port == null) {
      return work.get();
    }
    try (Watch watch = Watch.start(folder, port)) {
      console.tell(line(watch));
      return work.get();
    }
  }

  /** Returns the line that tells the address. */
  static String line(Watch watch) {
    return "watch          " + watch.address();
  }
}
