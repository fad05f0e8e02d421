package org.bitloom.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private final Path file;
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  private RunTimes(Path file) {
    this.file = file;
  }

  static RunTimes open(Path file) throws IOException {
    RunTimes times = new RunTimes(file);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        times.read(line);
      }
    }
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
      // half a line, where the sweep was killed: that time is not known
    }
  }

  void append(SweepRun run, double took) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run.id());
    json.put("seconds", took);
    Files.writeString(
        file, Json.print(json) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    seconds.put(run.id(), took);
  }

  /** Returns how long a run took, in seconds, if that is known. */
  OptionalDouble of(SweepRun run) {
    Double took = seconds.get(run.id());
    return took == null ? OptionalDouble.empty() : OptionalDouble.of(took);
  }
}
