package org.bitloom.cli.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.DeviceOption;
import org.bitloom.cli.command.DownloadLines;
import org.bitloom.cli.command.ExitCode;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.StopSignal;
import org.bitloom.error.UsageException;
import org.bitloom.reproduce.FoundData;
import org.bitloom.reproduce.Reproduction;
import org.bitloom.reproduce.page.Figures;
import org.bitloom.reproduce.page.Outcome;
import org.bitloom.reproduce.plan.Part;
import org.bitloom.reproduce.plan.Plan;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.RunSettings;
import org.bitloom.sweep.EngineChoice;
import org.bitloom.sweep.Keep;
import org.bitloom.sweep.SweepEstimate;
import org.bitloom.sweep.SweepFolder;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.WorkerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains what settles the claims of the paper, and writes the page. */
@Command(
    name = "reproduce",
    sortOptions = false,
    description = {
      "Train what settles the claims of the paper, and write one page with figures and verdicts.",
      "The same command goes on where it stopped, and tries failed runs again."
    })
public final class ReproduceCommand implements Callable<Integer> {
  @Mixin private ReproduceOptions options;
  @Mixin private DeviceOption device;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Folder to look for data sets in first; those it lacks lie where they always do.")
  private Path dataDir;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Runs at once; the results do not depend on it (default: as many as fit).")
  private Integer parallel;

  @Option(names = "--threads", paramLabel = "N", description = "Threads of one run (default: 1).")
  private int threads = 1;

  @Option(
      names = "--dry-run",
      description = "Show the whole plan and the measured time, train nothing else.")
  private boolean dryRun;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of runs and page (default: runs/reproduce, or runs/reproduce-quick).")
  private Path out;

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  @Mixin private CommonOptions common;

  private final Console console;
  private final Library library;
  private final StopSignal stop;

  public ReproduceCommand(Console console, Library library, StopSignal stop) {
    this.console = console;
    this.library = library;
    this.stop = stop;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Plan plan = options.plan();
    DeviceChoice choice = device.choice();
    if (threads < 1) {
      throw new UsageException("threads must be at least 1, got " + threads, "raise --threads");
    }
    EngineChoice where =
        new EngineChoice(
            parallel == null ? OptionalInt.empty() : OptionalInt.of(parallel),
            Optional.empty(),
            Map.of());
    int atOnce = where.atOnce(threads).orElseThrow();
    Path folder = out == null ? Path.of("runs").resolve(Figures.stem(plan)) : out;
    List<DeviceChoice> shared = library.shared(choice);
    SweepFolder.checkFree(folder);
    Console err = quiet ? console.quiet() : console;
    FoundData data =
        FoundData.of(plan, library.dataSets(new DownloadLines(err)), Optional.ofNullable(dataDir));
    if (dryRun) {
      ReproduceLines.Work work =
          work(data.runs(plan, threads), data, shared.get(0), Optional.empty(), atOnce);
      return show(work, data, folder);
    }
    try (SweepFolder opened = SweepFolder.open(folder)) {
      Reproduction reproduction = new Reproduction(plan, opened, data, threads);
      opened.describe("./bitloom reproduce", reproduction.size(), data.sha256());
      Map<Part, List<SweepRun>> left = reproduction.left();
      ReproduceLines.Work work =
          quiet
              ? new ReproduceLines.Work(left, Map.of(), atOnce, threads)
              : work(left, data, shared.get(0), Optional.of(opened), atOnce);
      int all = reproduction.size();
      ReproduceLines.plan(work, all, data.missing(), folder).forEach(err::tell);
      List<RunSettings> named =
          left.values().stream().flatMap(List::stream).map(SweepRun::settings).toList();
      SweepProgress progress =
          new SweepProgress(
              err,
              stop,
              new SweepProgress.Size(named, all, all - work.count(), OptionalInt.of(atOnce)));
      stop.listen(() -> err.tell(SweepLines.stopping(where)));
      boolean ended =
          reproduction.train(
              runData ->
                  where.open(
                      new EngineChoice.Needs(opened, Keep.ALL, runData, threads, choice, shared)),
              progress);
      progress.done();
      return report(reproduction, opened, ended);
    }
  }

  private ReproduceLines.Work work(
      Map<Part, List<SweepRun>> runs,
      FoundData data,
      DeviceChoice probed,
      Optional<SweepFolder> folder,
      int atOnce)
      throws IOException {
    Map<Optional<Path>, SweepEstimate> estimates = new LinkedHashMap<>();
    Map<Part, OptionalDouble> seconds = new LinkedHashMap<>();
    for (Map.Entry<Part, List<SweepRun>> part : runs.entrySet()) {
      double sum = 0;
      for (SweepRun run : part.getValue()) {
        SweepEstimate estimate =
            estimates.computeIfAbsent(
                data.folder(run),
                place -> new SweepEstimate(WorkerCommand.likeThisJvm(), place, probed));
        sum += estimate.seconds(List.of(run), folder).orElse(Double.NaN);
      }
      seconds.put(
          part.getKey(), Double.isNaN(sum) ? OptionalDouble.empty() : OptionalDouble.of(sum));
    }
    return new ReproduceLines.Work(runs, seconds, atOnce, threads);
  }

  private int show(ReproduceLines.Work work, FoundData data, Path folder) {
    if (common.json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("folder", folder.toString());
      object.put("runs", work.count());
      Map<String, Object> parts = new LinkedHashMap<>();
      work.runs().forEach((part, runs) -> parts.put(part.label(), runs.size()));
      object.put("parts", parts);
      object.put("leftOut", data.missing());
      object.put("parallel", work.atOnce());
      OptionalDouble seconds = work.wallSeconds();
      object.put("seconds", seconds.isPresent() ? seconds.getAsDouble() : null);
      console.json(object);
    } else {
      ReproduceLines.plan(work, work.count(), data.missing(), folder).forEach(console::line);
    }
    return ExitCode.DONE;
  }

  private int report(Reproduction reproduction, SweepFolder folder, boolean ended)
      throws IOException {
    long failed = folder.ends().stream().filter(RunResult.Failed.class::isInstance).count();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("folder", folder.file("").toString());
    object.put("runs", reproduction.size());
    object.put("failed", failed);
    object.put("finished", ended);
    if (ended) {
      Outcome outcome = reproduction.outcome();
      Path page = reproduction.write(outcome);
      object.put("page", page.toString());
      object.put("claims", ReproduceLines.objects(outcome.findings()));
      if (!common.json) {
        ReproduceLines.verdicts(outcome.findings()).forEach(line -> console.line("%s", line));
        console.line("page           %s", page);
      }
    }
    if (common.json) {
      console.json(object);
    }
    if (failed > 0) {
      console.tell(SweepLines.failed(failed, reproduction.size(), folder));
    }
    if (!ended) { // the JVM is leaving, and draws no pictures any more
      console.tell("stopped        the same command goes on");
      return ExitCode.STOPPED;
    }
    return failed > 0 ? ExitCode.FAILED : ExitCode.DONE;
  }
}
