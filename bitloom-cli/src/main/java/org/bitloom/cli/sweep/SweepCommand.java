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
import org.bitloom.cli.command.DataDirOption;
import org.bitloom.cli.command.DeviceOption;
import org.bitloom.cli.command.DownloadLines;
import org.bitloom.cli.command.ExitCode;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.LiveLine;
import org.bitloom.cli.command.StopSignal;
import org.bitloom.cli.report.WatchOption;
import org.bitloom.cli.terminal.Screen;
import org.bitloom.io.AtomicFiles;
import org.bitloom.plot.SweepPictures;
import org.bitloom.report.sweep.SweepDrawing;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.sweep.ClusterEngine;
import org.bitloom.sweep.EngineChoice;
import org.bitloom.sweep.Keep;
import org.bitloom.sweep.Sweep;
import org.bitloom.sweep.SweepEstimate;
import org.bitloom.sweep.SweepFolder;
import org.bitloom.sweep.SweepGrid;
import org.bitloom.sweep.SweepPlan;
import org.bitloom.sweep.SweepTable;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.WorkerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains many runs and compares them. */
@Command(
    name = "sweep",
    sortOptions = false,
    description = {
      "Train every combination of the lists given, and compare them over the seeds.",
      "The same command goes on where a sweep stopped, and tries failed runs again."
    })
public final class SweepCommand implements Callable<Integer> {
  @Mixin private SweepOptions options;
  @Mixin private DataDirOption dataDir;
  @Mixin private EngineOptions engine;
  @Mixin private DeviceOption device;

  @Option(
      names = "--keep",
      paramLabel = "WHAT",
      description =
          "Folders of finished runs to keep: all, none, or best, by the held-out samples or else"
              + " the test samples (default: all).")
  private String keep = "all";

  @Option(names = "--dry-run", description = "Show the plan and the estimated time, train nothing.")
  private boolean dryRun;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the sweep (default: one below runs/, named by the plan).")
  private Path out;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "Title of the pictures (default: network on data).")
  private String title;

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  @Mixin private WatchOption watch;
  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  private final Console console;
  private final Library library;
  private final StopSignal stop;

  public SweepCommand(Console console, Library library, StopSignal stop) {
    this.console = console;
    this.library = library;
    this.stop = stop;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    DeviceChoice choice = device.choice();
    SweepGrid grid = options.grid();
    SweepPlan asked = SweepPlan.of(grid.settings());
    Keep kept = Keep.parse(keep);
    EngineChoice where = engine.choice();
    OptionalInt atOnce = where.atOnce(options.threads);
    Path folder = out == null ? Path.of("runs").resolve(asked.name()) : out;
    asked.checkNames();
    List<DeviceChoice> shared = where.isCluster() ? List.of(choice) : library.shared(choice);
    SweepFolder.checkFree(folder);
    Map<String, String> data = loadData(asked);
    SweepEstimate estimate =
        new SweepEstimate(WorkerCommand.likeThisJvm(), dataDir.optional(), shared.get(0));
    if (dryRun) {
      return show(new SweepLines(asked, grid.leftOut(), folder), atOnce, estimate);
    }
    try (SweepFolder opened = SweepFolder.open(folder);
        ClusterEngine.Connection connection =
            where.open(
                new EngineChoice.Needs(
                    opened, kept, dataDir.optional(), options.threads, choice, shared))) {
      SweepPlan plan = where.isCluster() ? asked : asked.in(opened, data);
      SweepLines lines = new SweepLines(plan, grid.leftOut(), folder);
      Sweep sweep = new Sweep(opened, plan, kept);
      List<SweepRun> left = sweep.left();
      Console err = quiet ? console.quiet() : console;
      OptionalDouble seconds =
          quiet ? OptionalDouble.empty() : seconds(estimate, left, Optional.of(opened));
      lines.plan(left.size(), atOnce, seconds).forEach(err::tell);
      opened.describe(command(), plan.runs().size(), plan.named(data));
      int ended = plan.runs().size() - left.size();
      SweepProgress.Size size =
          new SweepProgress.Size(plan.settings(), plan.runs().size(), ended, atOnce);
      SweepProgress progress = new SweepProgress(err, stop, size);
      stop.listen(() -> err.tell(SweepLines.stopping(where)));
      List<RunResult> ends = watch.during(folder, console, () -> sweep.run(connection, progress));
      progress.done();
      return report(plan, opened, ends);
    }
  }

  /** Finds, and if need be downloads, the data once, before many workers do. */
  private Map<String, String> loadData(SweepPlan plan) throws IOException {
    Console shown = quiet ? console.quiet() : console;
    return plan.loadData(
        library.dataSets(new DownloadLines(shown)), dataDir.optional(), new LiveLine(shown)::line);
  }

  /** Tries for some seconds how long runs take, and says so meanwhile. */
  private OptionalDouble seconds(
      SweepEstimate estimate, List<SweepRun> left, Optional<SweepFolder> folder)
      throws IOException {
    Screen screen = (quiet ? console.quiet() : console).screen();
    screen.show(Screen.text("trying how long a run takes"));
    try {
      return estimate.seconds(left, folder);
    } finally {
      screen.clear();
    }
  }

  private int show(SweepLines lines, OptionalInt atOnce, SweepEstimate estimate)
      throws IOException {
    SweepPlan plan = lines.plan();
    OptionalDouble seconds = seconds(estimate, plan.runs(), Optional.empty());
    if (common.json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("folder", lines.folder().toString());
      object.put("runs", plan.runs().stream().map(SweepRun::id).toList());
      object.put("leftOut", lines.leftOut());
      object.put("parallel", atOnce.isPresent() ? atOnce.getAsInt() : null);
      boolean known = seconds.isPresent() && atOnce.isPresent();
      object.put("seconds", known ? seconds.getAsDouble() / atOnce.getAsInt() : null);
      console.json(object);
    } else {
      lines.plan(plan.runs().size(), atOnce, seconds).forEach(line -> console.line("%s", line));
      lines.runs().forEach(line -> console.line("%s", line));
    }
    return ExitCode.DONE;
  }

  /** Returns the command as it was typed. */
  private String command() {
    StringBuilder words = new StringBuilder("./bitloom");
    spec.commandLine()
        .getParseResult()
        .originalArgs()
        .forEach(word -> words.append(' ').append(Figures.shellWord(word)));
    return words.toString();
  }

  private int report(SweepPlan plan, SweepFolder folder, List<RunResult> ends) throws IOException {
    SweepReport table = new SweepReport(SweepTable.of(ends));
    AtomicFiles.writeString(folder.file("table.md"), table.markdown());
    long failed = ends.stream().filter(RunResult.Failed.class::isInstance).count();
    boolean finished = ends.size() == plan.runs().size();
    SweepPictures.Files pictures =
        finished // else it was stopped: a JVM that is leaving draws no pictures any more
            ? new SweepDrawing(ends, title).draw(folder.file(""), command())
            : new SweepPictures.Files(List.of(), List.of());
    if (common.json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("folder", folder.file("").toString());
      object.put("runs", plan.runs().size());
      object.put("ended", ends.size());
      object.put("failed", failed);
      object.put("finished", finished);
      object.put("table", table.objects());
      object.put("pictures", pictures.written().stream().map(Path::toString).toList());
      console.json(object);
    } else {
      table.lines().forEach(line -> console.line("%s", line));
      console.line("results        %s", folder.file("results.jsonl"));
      pictures.written().forEach(file -> console.line("picture        %s", file));
    }
    pictures.remarks().forEach(remark -> console.tell("bitloom: " + remark));
    if (failed > 0) {
      console.tell(SweepLines.failed(failed, plan.runs().size(), folder));
    }
    if (!finished) {
      console.tell("stopped        the same command goes on");
      return ExitCode.STOPPED;
    }
    return failed > 0 ? ExitCode.FAILED : 0;
  }
}
