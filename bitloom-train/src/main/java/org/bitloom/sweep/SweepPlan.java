package org.bitloom.sweep;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bitloom.data.DataReport;
import org.bitloom.data.DataSet;
import org.bitloom.data.DataSets;
import org.bitloom.error.UsageException;
import org.bitloom.io.Sha256;
import org.bitloom.network.Networks;
import org.bitloom.settings.DataSettings;
import org.bitloom.settings.RunSettings;
import org.bitloom.worker.SweepRun;

/**
 * The runs of a sweep, each once, in the order in which they are begun.
 *
 * @param runs at least one
 */
public record SweepPlan(List<SweepRun> runs) {
  private static final int NAME_DIGITS = 8;

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

  /** Returns the settings of the runs, in their order. */
  public List<RunSettings> settings() {
    return runs.stream().map(SweepRun::settings).toList();
  }

  /** Returns a name that is the same for the same runs, so that a sweep finds its folder again. */
  public String name() {
    MessageDigest digest = Sha256.digest();
    runs.forEach(run -> digest.update(run.id().getBytes(StandardCharsets.UTF_8)));
    return "sweep-" + Sha256.hex(digest).substring(0, NAME_DIGITS);
  }

  /**
   * Returns the plan as a sweep knows its runs: they have the same names though their data may have
   * another path now.
   *
   * @param data checksums of the data of this plan, by name
   * @throws UsageException if the data of the sweep have changed
   */
  public SweepPlan in(SweepFolder sweep, Map<String, String> data) {
    return sweep.data().matched(this, data);
  }

  /** Returns those checksums whose names the runs of this plan have for their data. */
  public Map<String, String> named(Map<String, String> sha256) {
    Map<String, String> named = new LinkedHashMap<>(sha256);
    named
        .keySet()
        .retainAll(runs.stream().map(run -> run.settings().data().name()).collect(toSet()));
    return named;
  }

  /**
   * Checks that the names of networks and data sets are known, before anything is begun.
   *
   * @throws UsageException if one is not
   * @throws IOException if a network is a file that cannot be read
   */
  public void checkNames() throws IOException {
    for (SweepRun run : runs) {
      Networks.check(run.settings().network());
      DataSets.checkName(run.settings().data().name());
    }
  }

  /**
   * Finds, and if need be downloads, the data of all runs once, before many workers do.
   *
   * @param dataDir folder to look for data in first
   * @param notices hears what is left out of an image folder
   * @return their checksums, by name
   */
  public Map<String, String> loadData(
      DataSets sets, Optional<Path> dataDir, Consumer<String> notices) throws IOException {
    Set<DataSettings> loaded = new LinkedHashSet<>();
    for (SweepRun run : runs) {
      loaded.add(run.settings().data().toLoad());
    }
    Map<String, String> sha256 = new LinkedHashMap<>();
    for (DataSettings data : loaded) {
      DataSet set = sets.withImages(data.images(), notices).load(data.name(), dataDir);
      DataReport.warnings(set).forEach(notices);
      sha256.put(data.name(), set.sha256());
    }
    return sha256;
  }
}
