package org.bitloom.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.error.UsageException;
import org.bitloom.settings.RunSettings;
import org.bitloom.worker.SweepRun;

/**
 * The runs of a sweep, each once, in the order in which they are begun.
 *
 * @param runs at least one
 */
public record SweepPlan(List<SweepRun> runs) {
  public SweepPlan {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new UsageException(
          "a sweep must have at least one run, got an empty grid", "give --bits, --masks, --float");
    }
  }

  /** Plans one run for each of the settings, leaving out what comes twice. */
  public static SweepPlan of(List<RunSettings> settings) {
    Map<String, SweepRun> runs = new LinkedHashMap<>();
    for (RunSettings each : settings) {
      SweepRun run = SweepRun.of(each);
      runs.putIfAbsent(run.id(), run);
    }
    return new SweepPlan(List.copyOf(runs.values()));
  }
}
