package org.bitloom.reproduce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bitloom.io.AtomicFiles;
import org.bitloom.reproduce.page.Figures;
import org.bitloom.reproduce.page.Outcome;
import org.bitloom.reproduce.page.Page;
import org.bitloom.reproduce.plan.Part;
import org.bitloom.reproduce.plan.Plan;
import org.bitloom.reproduce.plan.Row;
import org.bitloom.reproduce.verdict.RowResults;
import org.bitloom.reproduce.verdict.RowResults.Run;
import org.bitloom.sweep.ClusterEngine;
import org.bitloom.sweep.Keep;
import org.bitloom.sweep.Sweep;
import org.bitloom.sweep.SweepEngine;
import org.bitloom.sweep.SweepFolder;
import org.bitloom.sweep.SweepPlan;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.SweepRun;

/** Trains the rows of a plan in the folder of a sweep, and tells what they came to. */
public final class Reproduction {
  private final Plan plan;
  private final SweepFolder folder;
  private final FoundData data;
  private final RunFinder finder;
  private final Machines machines;

  /**
   * Prepares a reproduction.
   *
   * @param folder where runs, their results and the page go
   * @param threads of each run
   * @throws IOException if the folder holds damaged files
   */
  public Reproduction(Plan plan, SweepFolder folder, FoundData data, int threads)
      throws IOException {
    this.plan = plan;
    this.folder = folder;
    this.data = data;
    this.finder = new RunFinder(plan, folder, data, threads);
    this.machines = Machines.open(folder.file(""));
  }

  /** Makes what trains. */
  public interface Trainers {
    /**
     * Opens an engine for runs whose data are looked for in a folder first.
     *
     * @throws IOException if it cannot be opened
     */
    ClusterEngine.Connection open(Optional<Path> dataDir) throws IOException;
  }

  /** Returns the runs that have no result yet, as runs that take as long, by part. */
  public Map<Part, List<SweepRun>> left() throws IOException {
    Set<String> seen = new HashSet<>(finished().keySet());
    Map<Part, List<SweepRun>> left = new LinkedHashMap<>();
    for (Row row : trainable()) {
      for (long seed : row.seeds()) {
        if (seen.add(name(row, seed))) {
          left.computeIfAbsent(row.part(), key -> new ArrayList<>()).add(finder.bare(row, seed));
        }
      }
    }
    return left;
  }

  /** Names a run, by its row as long as what it starts from is not there. */
  private String name(Row row, long seed) throws IOException {
    return finder.run(row, seed).map(SweepRun::id).orElse(row.key() + "-" + seed);
  }

  private List<Row> trainable() {
    return plan.rows().stream().filter(row -> data.reasonAgainst(row).isEmpty()).toList();
  }

  /** Returns how many runs the plan has whose data are there; rows may share some. */
  public int size() throws IOException {
    Set<String> names = new HashSet<>();
    for (Row row : trainable()) {
      for (long seed : row.seeds()) {
        names.add(name(row, seed));
      }
    }
    return names.size();
  }

  /**
   * Trains what is left, stage by stage.
   *
   * @return whether it came to its end; false = it was stopped
   */
  public boolean train(Trainers trainers, SweepEngine.Watcher watcher)
      throws IOException, InterruptedException {
    for (List<Row> stage : plan.stages()) {
      Map<Optional<Path>, List<Row>> byFolder =
          stage.stream()
              .filter(row -> data.reasonAgainst(row).isEmpty())
              .collect(
                  Collectors.groupingBy(data::folder, LinkedHashMap::new, Collectors.toList()));
      for (Map.Entry<Optional<Path>, List<Row>> rows : byFolder.entrySet()) {
        train(rows.getValue(), rows.getKey(), trainers, watcher);
        if (watcher.stopRequested()) {
          return false;
        }
      }
    }
    return true;
  }

  private void train(
      List<Row> rows, Optional<Path> dataDir, Trainers trainers, SweepEngine.Watcher watcher)
      throws IOException, InterruptedException {
    List<SweepRun> runs = new ArrayList<>();
    for (long seed : seeds(rows)) { // seed by seed: whoever stops early has whole pairs
      for (Row row : rows) {
        if (row.seeds().contains(seed)) {
          finder.run(row, seed).ifPresent(runs::add);
        }
      }
    }
    if (runs.isEmpty()) {
      return;
    }
    demandNetworks(rows);
    SweepPlan sweep = SweepPlan.of(runs.stream().map(SweepRun::settings).toList());
    Sweep training = new Sweep(folder, sweep, Keep.ALL);
    if (training.left().isEmpty()) {
      return;
    }
    try (ClusterEngine.Connection engine = trainers.open(dataDir)) {
      training.run(engine, new Tidying(watcher, folder, machines, kept()));
    }
  }

  private static List<Long> seeds(List<Row> rows) {
    return rows.stream().flatMap(row -> row.seeds().stream()).distinct().sorted().toList();
  }

  /** Says whether the networks of a row are needed after their end. */
  private boolean isKept(Row row) {
    return plan.sources().contains(row.key()) || carries(row);
  }

  /** Returns the runs whose folders are needed after their end. */
  private Set<String> kept() throws IOException {
    Set<String> kept = new LinkedHashSet<>();
    for (Row row : trainable()) {
      for (long seed : isKept(row) ? row.seeds() : List.<Long>of()) {
        finder.run(row, seed).ifPresent(run -> kept.add(run.id()));
      }
    }
    return kept;
  }

  /** Forgets results whose networks are needed, but were deleted when nobody needed them. */
  private void demandNetworks(List<Row> rows) throws IOException {
    for (Row row : rows) {
      for (long seed : isKept(row) ? row.seeds() : List.<Long>of()) {
        Optional<SweepRun> run = finder.run(row, seed);
        if (run.isPresent() && finder.model(row, seed).isEmpty()) {
          folder.forget(run.get());
        }
      }
    }
  }

  private static boolean carries(Row row) {
    return row.load().payload().isPresent() || row.load().nested().isPresent();
  }

  private Map<String, RunResult.Finished> finished() {
    Map<String, RunResult.Finished> finished = new LinkedHashMap<>();
    for (RunResult end : folder.ends()) {
      if (end instanceof RunResult.Finished run) {
        finished.put(run.run().id(), run);
      }
    }
    return finished;
  }

  /** Returns what the rows came to so far, by their keys. */
  private Map<String, RowResults> results() throws IOException {
    Map<String, RowResults> results = new LinkedHashMap<>();
    for (Row row : trainable()) {
      Map<Long, Run> runs = new LinkedHashMap<>();
      for (long seed : row.seeds()) {
        Optional<RunResult.Finished> end = finder.run(row, seed).flatMap(finder::end);
        if (end.isPresent()) {
          runs.put(seed, run(row, seed, end.get()));
        }
      }
      results.put(row.key(), new RowResults(runs));
    }
    return results;
  }

  private Run run(Row row, long seed, RunResult.Finished end) throws IOException {
    return new Run(
        100 * end.testAccuracy(),
        100 * (1 - end.nonZeroShare()),
        end.result().validation().map(score -> 100 * score.accuracy()),
        givesBack(row, seed));
  }

  private Optional<Boolean> givesBack(Row row, long seed) throws IOException {
    Optional<Path> model = carries(row) ? finder.model(row, seed) : Optional.empty();
    if (model.isEmpty()) {
      return Optional.empty();
    }
    if (row.load().payload().isPresent()) {
      return Optional.of(Carried.givesBack(row.load().payload().get(), model.get()));
    }
    Optional<Path> inner = finder.model(plan.row(row.load().nested().orElseThrow()), seed);
    return inner.isEmpty()
        ? Optional.empty()
        : Optional.of(Carried.givesBack(inner.get(), model.get()));
  }

  private Map<String, String> skipped() {
    Map<String, String> skipped = new LinkedHashMap<>();
    plan.rows()
        .forEach(
            row -> data.reasonAgainst(row).ifPresent(reason -> skipped.put(row.key(), reason)));
    return skipped;
  }

  /** Returns what the page tells of the runs so far. */
  public Outcome outcome() throws IOException {
    Map<String, Double> rates = new LinkedHashMap<>();
    for (Row row : trainable()) {
      if (!row.load().rates().isEmpty()) {
        finder.rate(row).ifPresent(rate -> rates.put(row.key(), rate));
      }
    }
    return new Outcome(plan, results(), skipped(), rates, machines.all());
  }

  /**
   * Writes the page and its figures.
   *
   * @return the page
   */
  public Path write(Outcome outcome) throws IOException {
    Path page = folder.file(Figures.stem(plan) + ".md");
    Map<Part, List<String>> figures = new Figures(outcome, folder.file("")).draw();
    AtomicFiles.writeString(page, new Page(outcome, figures).text());
    return page;
  }
}
