package org.bitloom.sweep;

import java.io.IOException;
import java.util.List;
import org.bitloom.worker.Standing;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;

/** Trains the runs of a sweep somewhere. */
public interface SweepEngine {
  /**
   * Trains every run once, in any order, and tells the watcher of each end as it comes.
   *
   * <p>A run that fails is an end like another. Returns early, leaving runs out, when the watcher
   * asks to stop.
   *
   * @throws IOException if the engine itself cannot work, or the watcher cannot keep an end
   */
  void train(List<SweepRun> runs, Watcher watcher) throws IOException, InterruptedException;

  /** Hears of the runs; may be called from any thread. */
  interface Watcher {
    /** A run begins, or goes on. */
    void started(SweepRun run);

    /** Where a run stands; an engine need not tell. */
    void progress(SweepRun run, Standing standing);

    /** A run ended. */
    void ended(TimedResult trained) throws IOException;

    /** Tells in a plain line of what the user should know of the engine. */
    default void notice(String line) {}

    /** Says whether the engine should stop at the next good moment. */
    boolean stopRequested();
  }
}
