package org.bitloom.reproduce.page;

import java.util.List;
import java.util.Map;
import org.bitloom.reproduce.plan.Plan;
import org.bitloom.reproduce.verdict.Finding;
import org.bitloom.reproduce.verdict.Judge;
import org.bitloom.reproduce.verdict.RowResults;

/**
 * Everything that a page tells of.
 *
 * @param results of the rows, by key
 * @param skipped rows that were not trained, by key, and why
 * @param rates that were chosen on samples held out, by the key of the row
 * @param machines that the runs were trained on, as facts by name
 */
public record Outcome(
    Plan plan,
    Map<String, RowResults> results,
    Map<String, String> skipped,
    Map<String, Double> rates,
    List<Map<String, String>> machines) {
  public Outcome {
    results = Map.copyOf(results);
    skipped = Map.copyOf(skipped);
    rates = Map.copyOf(rates);
    machines = List.copyOf(machines);
  }

  RowResults row(String key) {
    return results.getOrDefault(key, new RowResults(Map.of()));
  }

  /** Returns what the runs say of each claim. */
  public List<Finding> findings() {
    return new Judge(plan, results, skipped).findings();
  }
}
