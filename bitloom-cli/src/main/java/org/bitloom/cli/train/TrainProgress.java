package org.bitloom.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.DownloadLines;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.command.StopSignal;
import org.bitloom.cli.terminal.Screen;
import org.bitloom.download.DownloadProgress;
import org.bitloom.run.EpochMetrics;
import org.bitloom.run.EpochResult;
import org.bitloom.run.Progress;
import org.bitloom.run.RunReader;
import org.bitloom.settings.RunSettings;
import org.bitloom.update.ParameterSpec;

/** Shows a run on stderr: a line per epoch and, on a terminal, a live line between them. */
final class TrainProgress implements Progress {
  private final Console console;
  private final StopSignal stop;
  private final Screen screen;
  private final LiveEpoch standing = new LiveEpoch();
  private int epochs;
  private boolean finished;

  TrainProgress(Console console, StopSignal stop) {
    this.console = console;
    this.stop = stop;
    this.screen = console.screen();
  }

  @Override
  public DownloadProgress downloads() {
    return new DownloadLines(console);
  }

  /** From here on a signal must wait for a checkpoint; before, nothing is lost. */
  @Override
  public synchronized void started(RunSettings settings, Path folder, int firstEpoch) {
    stop.listen(() -> note("stopping, writing a checkpoint"));
    epochs = settings.schedule().epochs();
    new FirstLines(settings, folder, firstEpoch).of(!screen.isLive()).forEach(screen::line);
    finished = firstEpoch > epochs;
    if (firstEpoch > 1) {
      earlier(folder).forEach(standing::ended);
    }
  }

  /** Returns what a run that goes on came to so far; nothing if its lines cannot be read. */
  private static List<EpochMetrics> earlier(Path folder) {
    try {
      return RunReader.open(folder).epochs();
    } catch (IOException | RuntimeException e) {
      return List.of(); // only the best accuracy is not known then
    }
  }

  @Override
  public synchronized void parameters(List<ParameterSpec> trained) {
    standing.trains(trained);
    if (!finished) {
      ParameterLines.of(trained).forEach(screen::line);
    }
  }

  @Override
  public synchronized void batch(BatchProgress at) {
    screen.show(standing.at(at, screen.letters()));
  }

  @Override
  public synchronized void epoch(EpochMetrics metrics) {
    EpochResult result = metrics.result();
    standing.ended(metrics);
    screen.line(
        "epoch "
            + metrics.epoch()
            + "/"
            + epochs
            + Figures.format("  loss %.4f", result.train().loss())
            + share("  train ", result.train().accuracy())
            + result.validation().map(held -> share("  validation ", held.accuracy())).orElse("")
            + share("  test ", result.test().accuracy())
            + share("  zeros ", result.weights().zeroShare())
            + Figures.format("  %.1f s", metrics.seconds().all()));
  }

  private static String share(String name, double value) {
    return name + Figures.percent(value);
  }

  @Override
  public void notice(String line) {
    screen.line(line);
  }

  /** Prints a line between the others. */
  synchronized void note(String text) {
    screen.line("bitloom: " + text);
  }
}
