package org.bitloom.reproduce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitloom.data.DataSet;
import org.bitloom.data.DataSets;
import org.bitloom.data.DataSets.Listing;
import org.bitloom.error.FailureException;
import org.bitloom.reproduce.plan.Part;
import org.bitloom.reproduce.plan.Plan;
import org.bitloom.reproduce.plan.Row;
import org.bitloom.worker.SweepRun;

/**
 * The data of a plan: where each set is looked for, and why rows cannot be trained whose set is not
 * there.
 *
 * @param folders to look for data in first, by the name of the set; a set that is not named is
 *     where it always is
 * @param sha256 checksums of the sets that are there, by name
 * @param missing why a set cannot be loaded, by name
 */
public record FoundData(
    Map<String, Path> folders, Map<String, String> sha256, Map<String, String> missing) {
  public FoundData {
    folders = Map.copyOf(folders);
    sha256 = new LinkedHashMap<>(sha256);
    missing = Map.copyOf(missing);
  }

  /**
   * Finds the data of a plan. A quick plan downloads nothing: that may take longer than its runs.
   *
   * @param dataDir folder to look for data in first; a set that is not in it is looked for where it
   *     always is
   * @throws IOException if data that are there cannot be read
   */
  public static FoundData of(Plan plan, DataSets sets, Optional<Path> dataDir) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    plan.rows().forEach(row -> names.add(row.data()));
    Map<String, Path> folders = new LinkedHashMap<>();
    Map<String, String> sha256 = new LinkedHashMap<>();
    Map<String, String> missing = new LinkedHashMap<>();
    for (String name : names) {
      if (dataDir.isPresent() && isIn(sets, name, dataDir)) {
        folders.put(name, dataDir.get());
      } else if (plan.budget().quick() && !isIn(sets, name, Optional.empty())) {
        missing.put(name, "the data set " + name + " is not on this machine");
        continue;
      }
      try {
        DataSet set = sets.load(name, Optional.ofNullable(folders.get(name)));
        sha256.put(name, set.sha256());
      } catch (FailureException e) {
        missing.put(name, "the data set " + name + " could not be loaded");
      }
    }
    return new FoundData(folders, sha256, missing);
  }

  private static boolean isIn(DataSets sets, String name, Optional<Path> dataDir) {
    return sets.list(dataDir).stream()
        .filter(listing -> listing.name().equals(name))
        .anyMatch(FoundData::isWhole);
  }

  private static boolean isWhole(Listing listing) {
    return listing.place().isPresent() && listing.missing().isEmpty();
  }

  /**
   * Returns all runs of a plan whose data are there, as runs that take as long but start from
   * nothing and carry nothing, by part.
   */
  public Map<Part, List<SweepRun>> runs(Plan plan, int threads) throws IOException {
    Map<Part, List<SweepRun>> runs = new LinkedHashMap<>();
    for (Row row : plan.rows()) {
      for (long seed : reasonAgainst(row).isEmpty() ? row.seeds() : List.<Long>of()) {
        runs.computeIfAbsent(row.part(), key -> new ArrayList<>())
            .add(SweepRun.of(row.bare(seed, threads)));
      }
    }
    return runs;
  }

  /** Returns the folder to look in first for the data of a run. */
  public Optional<Path> folder(SweepRun run) {
    return Optional.ofNullable(folders.get(run.settings().data().name()));
  }

  /** Returns the folder to look in first for the data of a row. */
  Optional<Path> folder(Row row) {
    return Optional.ofNullable(folders.get(row.data()));
  }

  /** Returns why a row cannot be trained, if its data are not there. */
  Optional<String> reasonAgainst(Row row) {
    return Optional.ofNullable(missing.get(row.data()));
  }
}
