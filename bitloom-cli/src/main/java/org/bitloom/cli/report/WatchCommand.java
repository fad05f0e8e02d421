package org.bitloom.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.ExitCode;
import org.bitloom.cli.command.StopSignal;
import org.bitloom.watch.Watch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a run or a sweep as a page that changes while it goes on, until Ctrl-C. */
@Command(
    name = "watch",
    sortOptions = false,
    description = {
      "Show a run or a sweep as a live page, while it goes on in another process.",
      "The address is good on this machine only, and only who knows it may look on."
    })
public final class WatchCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RUN|SWEEP",
      description = "Folder of a run or a sweep, which need not be there yet.")
  private Path folder;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port on 127.0.0.1 (default: any free one).")
  private int port;

  @Mixin private CommonOptions common;
  private final Console console;
  private final StopSignal stop;

  public WatchCommand(Console console, StopSignal stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Watch.check(folder);
    try (Watch watch = Watch.start(folder, port)) {
      CountDownLatch ended = new CountDownLatch(1);
      stop.listen(ended::countDown);
      tell(watch);
      if (!stop.getAsBoolean()) {
        ended.await();
      }
    }
    return ExitCode.STOPPED;
  }

  private void tell(Watch watch) {
    if (common.json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("address", watch.address().toString());
      object.put("folder", folder.toString());
      console.json(object);
      return;
    }
    console.line("%s", WatchOption.line(watch));
    String waits =
        Files.exists(folder) ? "" : folder + " is not there yet; the page waits for it. ";
    console.tell("bitloom: " + waits + "Ctrl-C ends it");
  }
}
