package org.bitloom.sweep;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.Standing;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;

/** Trains what is left of a plan and keeps the results. */
public final class Sweep {
  private final SweepFolder folder;
  private final SweepPlan plan;
  private final Keep keep;

  /** Prepares a sweep into an open folder. */
  public Sweep(SweepFolder folder, SweepPlan plan, Keep keep) {
    this.folder = folder;
    this.plan = plan;
    this.keep = keep;
  }

  /** Returns the runs that have no result yet, or failed. */
  public List<SweepRun> left() {
    return plan.runs().stream().filter(run -> !folder.results().isFinished(run)).toList();
  }

  /**
   * Trains the runs that are left.
   *
   * @return the ends of the runs of the plan; fewer than runs if it was stopped
   * @throws IOException if the engine cannot work or the folder cannot be written
   */
  public List<RunResult> run(SweepEngine engine, SweepEngine.Watcher watcher)
      throws IOException, InterruptedException {
    List<SweepRun> left = left();
    Set<String> again = left.stream().map(SweepRun::id).collect(Collectors.toSet());
    folder.results().forgetFailed(run -> again.contains(run.id()));
    folder.prune(keep);
    if (!left.isEmpty()) {
      engine.train(left, new Recorder(watcher));
    }
    return ends();
  }

  /** Returns the ends of the runs of the plan so far, in the order of the plan. */
  public List<RunResult> ends() {
    return plan.runs().stream().flatMap(run -> folder.results().end(run).stream()).toList();
  }

  /** Writes each end down, once, before the watcher hears of it. */
  private final class Recorder implements SweepEngine.Watcher {
    private final SweepEngine.Watcher watcher;
    private final Set<String> recorded = new HashSet<>();

    Recorder(SweepEngine.Watcher watcher) {
      this.watcher = watcher;
    }

    @Override
    public void started(SweepRun run) {
      watcher.started(run);
    }

    @Override
    public void progress(SweepRun run, Standing standing) {
      watcher.progress(run, standing);
    }

    @Override
    public void notice(String line) {
      watcher.notice(line);
    }

    @Override
    public synchronized void ended(TimedResult trained) throws IOException {
      SweepRun run = trained.result().run();
      if (!recorded.add(run.id())) {
        return; // an engine that lost a machine may tell of a run twice
      }
      folder.results().append(trained.result());
      folder.times().append(run, trained.seconds());
      folder.prune(keep);
      watcher.ended(trained);
    }

    @Override
    public boolean stopRequested() {
      return watcher.stopRequested();
    }
  }
}
