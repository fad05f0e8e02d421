package org.bitloom.sweep;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.data.DataSets;
import org.bitloom.error.UsageException;
import org.bitloom.settings.RunSettings;
import org.bitloom.worker.SweepRun;

/**
 * The data of a sweep by the names under which its runs know them. A sweep that goes on from
 * another working directory, or after its data were moved, names the same data in another way; its
 * runs keep their names, and so their results.
 *
 * @param sha256 checksum of the data by name
 */
record SweepData(Map<String, String> sha256) {
  SweepData {
    sha256 = new LinkedHashMap<>(sha256);
  }

  /** Reads what {@link #sha256} holds from JSON; what is no checksum does not count. */
  static SweepData parse(Object json) {
    Map<String, String> found = new LinkedHashMap<>();
    if (json instanceof Map<?, ?> map) {
      map.forEach((name, digits) -> found.put((String) name, String.valueOf(digits)));
    }
    return new SweepData(found);
  }

  /** Returns these and those of a plan; names stay with what they were first given to. */
  SweepData and(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(more);
    all.putAll(sha256);
    return new SweepData(all);
  }

  /**
   * Returns a plan whose runs have the names that they have in the sweep.
   *
   * @param found checksums of the data of the plan, by the names that it gives to them
   * @throws UsageException if a name stands for other data now
   */
  SweepPlan matched(SweepPlan plan, Map<String, String> found) {
    Map<String, String> names = new LinkedHashMap<>();
    found.forEach((name, digits) -> names.put(name, recorded(name, digits, found)));
    List<SweepRun> runs = plan.runs().stream().map(run -> matched(run, names)).toList();
    return new SweepPlan(runs);
  }

  private String recorded(String name, String digits, Map<String, String> found) {
    if (!sha256.containsKey(name)) {
      return sha256.entrySet().stream()
          .filter(entry -> entry.getValue().equals(digits) && !found.containsKey(entry.getKey()))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElse(name);
    }
    if (!sha256.get(name).equals(digits)) {
      throw new UsageException(
          "data of a sweep must stay those it began with, "
              + name
              + " had SHA-256 "
              + sha256.get(name)
              + ", got "
              + digits,
          "restore them, or choose another --out");
    }
    return name;
  }

  private static SweepRun matched(SweepRun run, Map<String, String> names) {
    RunSettings settings = run.settings();
    String given = settings.data().name();
    String name = names.getOrDefault(given, given);
    if (name.equals(given)) {
      return run;
    }
    String place = DataSets.isKnown(given) ? given : Path.of(given).toAbsolutePath().toString();
    return SweepRun.of(settings.withData(settings.data().called(name))).at(Optional.of(place));
  }
}
