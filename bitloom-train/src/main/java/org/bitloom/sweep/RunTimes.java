package org.bitloom.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.bitloom.io.Json;
import org.bitloom.worker.SweepRun;

/**
 * The file times.jsonl: how long each run took. Apart from the results, which are the same whenever
 * they are made; a lost line costs an estimate and nothing else.
 */
final class RunTimes {
  private final LineLog log;
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  private RunTimes(LineLog log) {
    this.log = log;
  }

  static RunTimes open(Path file) throws IOException {
    RunTimes times = new RunTimes(LineLog.open(file, LineLog.Disk.REAL));
    times.log.lines().forEach(times::read);
    return times;
  }

  private void read(String line) {
    try {
      if (Json.parse(line) instanceof Map<?, ?> map
          && map.get("run") instanceof String id
          && map.get("seconds") instanceof Number number) {
        seconds.put(id, number.doubleValue());
      }
    } catch (IllegalArgumentException e) {
      // a damaged line: that time is not known
    }
  }

  void append(SweepRun run, double took) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run.id());
    json.put("seconds", took);
    log.append(Json.print(json));
    seconds.put(run.id(), took);
  }

  /** Returns how long a run took, in seconds, if that is known. */
  OptionalDouble of(SweepRun run) {
    Double took = seconds.get(run.id());
    return took == null ? OptionalDouble.empty() : OptionalDouble.of(took);
  }
}
