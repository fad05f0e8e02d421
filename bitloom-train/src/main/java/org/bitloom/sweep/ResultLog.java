package org.bitloom.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.Json;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.SweepRun;

/** The file results.jsonl: one line per run that ended, on disk before anyone hears of it. */
final class ResultLog {
  private final Path file;
  private final LineLog log;
  private final Map<String, RunResult> ends = new LinkedHashMap<>();

  private ResultLog(Path file, LineLog log) {
    this.file = file;
    this.log = log;
  }

  /**
   * Opens the log, or begins it.
   *
   * @throws CorruptFileException if a line is no result
   */
  static ResultLog open(Path file) throws IOException {
    ResultLog results = new ResultLog(file, LineLog.open(file, LineLog.Disk.REAL));
    for (String line : results.log.lines()) {
      results.read(line);
    }
    return results;
  }

  private void read(String line) throws IOException {
    try {
      RunResult end = RunResult.parse(Json.parse(line));
      ends.put(end.run().id(), end);
    } catch (IllegalArgumentException e) {
      throw new CorruptFileException(file, "one result a line", e.getMessage());
    }
  }

  /** Returns the ends of all runs, in the order in which they came. */
  List<RunResult> ends() {
    return List.copyOf(ends.values());
  }

  /** Returns the end of a run, if it has one. */
  Optional<RunResult> end(SweepRun run) {
    return Optional.ofNullable(ends.get(run.id()));
  }

  /** Says whether a run was trained to its end. */
  boolean isFinished(SweepRun run) {
    return ends.get(run.id()) instanceof RunResult.Finished;
  }

  /** Writes the line of a run and waits until it is on the disk. */
  void append(RunResult end) throws IOException {
    log.append(Json.print(end.json()));
    ends.put(end.run().id(), end);
  }

  /** Takes away the lines of failed runs that are to be tried again. */
  void forgetFailed(Predicate<SweepRun> again) throws IOException {
    forget(end -> end instanceof RunResult.Failed && again.test(end.run()));
  }

  /** Takes away lines, whose runs are to be trained again. */
  void forget(Predicate<RunResult> again) throws IOException {
    List<String> ids = ends.values().stream().filter(again).map(end -> end.run().id()).toList();
    if (ends.keySet().removeAll(ids)) {
      log.rewrite(ends.values().stream().map(end -> Json.print(end.json())).toList());
    }
  }
}
