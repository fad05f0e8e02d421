package org.bitloom.reproduce;

import java.io.IOException;
import java.util.Set;
import org.bitloom.sweep.SweepEngine;
import org.bitloom.sweep.SweepFolder;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.Standing;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;

/** Writes down the machine of each run that ended, and deletes folders that nobody needs. */
final class Tidying implements SweepEngine.Watcher {
  private final SweepEngine.Watcher watcher;
  private final SweepFolder folder;
  private final Machines machines;
  private final Set<String> kept;

  /**
   * Stands before another watcher.
   *
   * @param kept names of the runs whose folders are needed after their end
   */
  Tidying(SweepEngine.Watcher watcher, SweepFolder folder, Machines machines, Set<String> kept) {
    this.watcher = watcher;
    this.folder = folder;
    this.machines = machines;
    this.kept = Set.copyOf(kept);
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
  public void ended(TimedResult trained) throws IOException {
    SweepRun run = trained.result().run();
    if (trained.result() instanceof RunResult.Finished) {
      machines.learn(folder.run(run));
      if (!kept.contains(run.id())) {
        folder.drop(run);
      }
    }
    watcher.ended(trained);
  }

  @Override
  public boolean stopRequested() {
    return watcher.stopRequested();
  }
}
