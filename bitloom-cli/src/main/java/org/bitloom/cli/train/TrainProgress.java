package org.bitloom.cli.train;

import java.nio.file.Path;
import java.util.List;
import org.bitloom.bits.FrozenChoice;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.DownloadLines;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.command.LiveLine;
import org.bitloom.cli.command.StopSignal;
import org.bitloom.download.DownloadProgress;
import org.bitloom.run.EpochMetrics;
import org.bitloom.run.EpochResult;
import org.bitloom.run.Progress;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.update.ParameterSpec;

/** Shows a run on stderr: a line per epoch and, on a terminal, a live line between them. */
final class TrainProgress implements Progress {
  private final Console console;
  private final StopSignal stop;
  private final LiveLine live;
  private int epochs;
  private String zeros = "";

  TrainProgress(Console console, StopSignal stop) {
    this.console = console;
    this.stop = stop;
    this.live = new LiveLine(console);
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
    String verb = firstEpoch > 1 ? "going on with epoch " + firstEpoch + " of " : "training ";
    live.line(
        verb
            + settings.network()
            + " on "
            + settings.data().name()
            + ", "
            + weights(settings)
            + ", "
            + settings.optimizer()
            + " "
            + settings.schedule()
            + ", batch "
            + settings.batch()
            + ", seed "
            + settings.seed()
            + settings.initFrom().map(from -> ", from " + from.path()).orElse("")
            + settings.nested().map(model -> ", around " + model.path()).orElse("")
            + settings.payload().map(load -> ", carrying " + load.path()).orElse("")
            + ", in "
            + folder);
  }

  @Override
  public synchronized void parameters(List<ParameterSpec> trained) {
    ParameterLines.of(trained).forEach(live::line);
  }

  private static String weights(RunSettings settings) {
    if (!(settings.weights() instanceof BitWeights bits)) {
      return "float";
    }
    String drift = bits.drift() == 0 ? "" : " drift " + bits.drift();
    String even = bits.latents().isEven() ? " latents " + bits.latents() : "";
    String zeros = bits.zeros().isPresent() ? " zeros " + bits.zeros().getAsDouble() : "";
    String noise = bits.frozenBits() == FrozenChoice.NOISE ? " frozen noise" : "";
    String mask = bits.mask().at(bits.depth()).mask();
    return mask + " " + bits.rule().label() + even + drift + zeros + noise;
  }

  @Override
  public synchronized void batch(BatchProgress at) {
    live.show(
        Figures.format(
            "epoch %d/%d  %d/%d  loss %.4f  %s%s  %s left  %.0f images/s",
            at.epoch(),
            at.epochs(),
            at.batch(),
            at.batches(),
            at.loss(),
            Figures.percent(at.accuracy()),
            zeros,
            Figures.duration(at.secondsLeft()),
            at.imagesPerSecond()));
  }

  @Override
  public synchronized void epoch(EpochMetrics metrics) {
    EpochResult result = metrics.result();
    zeros = share("  zeros ", result.weights().zeroShare());
    live.line(
        "epoch "
            + metrics.epoch()
            + "/"
            + epochs
            + Figures.format("  loss %.4f", result.train().loss())
            + share("  train ", result.train().accuracy())
            + result.validation().map(held -> share("  validation ", held.accuracy())).orElse("")
            + share("  test ", result.test().accuracy())
            + zeros
            + Figures.format("  %.1f s", metrics.seconds().all()));
  }

  private static String share(String name, double value) {
    return name + Figures.percent(value);
  }

  @Override
  public void notice(String line) {
    live.line(line);
  }

  /** Prints a line between the others. */
  synchronized void note(String text) {
    live.line("bitloom: " + text);
  }
}
