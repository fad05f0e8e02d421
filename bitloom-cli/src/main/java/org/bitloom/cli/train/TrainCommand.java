package org.bitloom.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.DataDirOption;
import org.bitloom.cli.command.DeviceOption;
import org.bitloom.cli.command.DownloadLines;
import org.bitloom.cli.command.ExitCode;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.StopSignal;
import org.bitloom.cli.payload.Passphrases;
import org.bitloom.cli.report.WatchOption;
import org.bitloom.data.DataSets;
import org.bitloom.error.UsageException;
import org.bitloom.network.Networks;
import org.bitloom.payload.PayloadBits;
import org.bitloom.run.EpochMetrics;
import org.bitloom.run.EpochResult;
import org.bitloom.run.EpochSeconds;
import org.bitloom.run.FolderChoice;
import org.bitloom.run.RunContext;
import org.bitloom.run.RunOutcome;
import org.bitloom.session.ProcessMemory;
import org.bitloom.settings.Payload;
import org.bitloom.settings.ResumeCheck;
import org.bitloom.settings.RunFiles;
import org.bitloom.settings.RunSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a network, or goes on with a run. */
@Command(
    name = "train",
    sortOptions = false,
    description = "Train a network; without options lenet300 on MNIST at depth 6, mask 111000.")
public final class TrainCommand implements Callable<Integer> {
  @Mixin private TrainOptions options;
  @Mixin private PayloadOptions payload;
  @Mixin private DataDirOption dataDir;
  @Mixin private DeviceOption device;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the run (default: a new one below runs/).")
  private Path out;

  @Option(names = "--overwrite", description = "Replace the run in --out.")
  private boolean overwrite;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Go on with a run exactly where it stopped.")
  private Path resume;

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  @Mixin private WatchOption watch;
  @Mixin private CommonOptions common;

  private final Console console;
  private final Library library;
  private final StopSignal stop;
  private final Passphrases passphrases;

  public TrainCommand(Console console, Library library, StopSignal stop, Passphrases passphrases) {
    this.console = console;
    this.library = library;
    this.stop = stop;
    this.passphrases = passphrases;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    device.choice(); // a wrong word is heard of before anything is read
    return resume == null ? start() : resume();
  }

  private int start() throws IOException, InterruptedException {
    if (payload.file != null) {
      options.choices().checkRoomForPayload();
    }
    RunSettings settings = options.choices().settings();
    Networks.check(settings.network());
    DataSets.checkName(settings.data().name());
    if (overwrite && out == null) {
      throw new UsageException("--overwrite must name the run with --out, got no --out", "add it");
    }
    Path folder = FolderChoice.of(Optional.ofNullable(out), overwrite, settings);
    DownloadLines downloads = new DownloadLines(quiet ? console.quiet() : console);
    Optional<PayloadBits> bits =
        payload.lay(
            settings,
            library,
            new PayloadOptions.Images(library.dataSets(downloads), dataDir.optional()),
            passphrases);
    RunSettings all =
        bits.map(load -> settings.carrying(new Payload(payload.file.toString(), load.sha256())))
            .orElse(settings);
    RunContext context = context(folder, bits);
    return report(folder, watch.during(folder, console, () -> library.start(all, context)));
  }

  private int resume() throws IOException, InterruptedException {
    if (out != null || overwrite) {
      throw new UsageException(
          "--resume goes on in its own folder, got " + (out != null ? "--out" : "--overwrite"),
          "leave it out");
    }
    payload.refuse();
    new ResumeCheck(library.settings(resume), resume).check(options.choices());
    RunContext context =
        context(resume, Optional.empty()).withData(options.data()).withInitFrom(options.initFrom());
    return report(resume, watch.during(resume, console, () -> library.resume(context)));
  }

  private RunContext context(Path folder, Optional<PayloadBits> bits) {
    TrainProgress progress = new TrainProgress(quiet ? console.quiet() : console, stop);
    return new RunContext(
        folder, overwrite, dataDir.optional(), progress, stop, bits, device.choice());
  }

  private int report(Path folder, RunOutcome outcome) {
    if (common.json) {
      Map<String, Object> object =
          outcome.last().map(EpochMetrics::json).orElseGet(LinkedHashMap::new);
      outcome.first().ifPresent(accuracy -> object.put("firstTestAccuracy", accuracy));
      object.put("model", outcome.model().map(Path::toString).orElse(null));
      object.put("resumed", outcome.resumed());
      object.put("finished", outcome.finished());
      OptionalLong peak = ProcessMemory.peakBytes();
      object.put("peakMemoryBytes", peak.isPresent() ? peak.getAsLong() : null);
      console.json(object);
    } else {
      printSummary(folder, outcome);
    }
    return outcome.finished() ? 0 : ExitCode.STOPPED;
  }

  private void printSummary(Path folder, RunOutcome outcome) {
    outcome.last().ifPresent(this::printMetrics);
    if (outcome.finished()) {
      ProcessMemory.peakBytes()
          .ifPresent(bytes -> console.line("peak memory    %s", Figures.bytes(bytes)));
      Path model = outcome.model().orElse(folder.resolve(RunFiles.MODEL));
      console.line("model          %s", model);
      console.line("next           ./bitloom inspect %s", Figures.shellWord(model));
      if (outcome.last().filter(metrics -> metrics.result().isByChance()).isPresent()) {
        console.tell(
            "hint           no better than chance: lower --lr, or of bits try --latents even");
      }
    } else {
      console.line("stopped        ./bitloom train --resume %s", resumeWords(folder));
    }
  }

  private void printMetrics(EpochMetrics metrics) {
    EpochResult result = metrics.result();
    console.line("test accuracy  %s", Figures.percent(result.test().accuracy()));
    console.line("zero weights   %s", Figures.percent(result.weights().zeroShare()));
    speed(metrics.seconds()).ifPresent(speed -> console.line("speed          %s", speed));
  }

  /** Tells images per second of the last epoch and where the time of its steps went. */
  private static Optional<String> speed(EpochSeconds seconds) {
    double train = seconds.train().orElse(0);
    if (!(train > 0)) {
      return Optional.empty();
    }
    double update = seconds.update().orElse(0) / train;
    double data = seconds.data().orElse(0) / train;
    return Optional.of(
        Figures.format(
            "%.0f images/s: engine %.1f %%, update %.1f %%, data %.1f %% of a step",
            seconds.imagesPerSecond().orElse(0),
            100 * (1 - update - data),
            100 * update,
            100 * data));
  }

  private String resumeWords(Path folder) {
    String words = Figures.shellWord(folder) + device.words();
    return dataDir
        .optional()
        .map(dir -> words + " --data-dir " + Figures.shellWord(dir))
        .orElse(words);
  }
}
