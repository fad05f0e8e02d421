package org.bitloom.reproduce.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.settings.RunChoices.Choice;

/** A plan while its parts are put down. */
final class Draft {
  private static final double HELD_OUT = 0.1;

  private final Budget budget;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final List<Claim> claims = new ArrayList<>();

  Draft(Budget budget) {
    this.budget = budget;
  }

  Budget budget() {
    return budget;
  }

  /** Adds a row; one that another part added too must be the same. */
  void add(Row row) {
    rows.putIfAbsent(row.key(), row);
  }

  /**
   * Adds a row whose learning rate is chosen by runs of one seed on samples held out, never on test
   * samples; the first rate is that of the row where nothing is chosen.
   *
   * @param row without a rate
   * @param held what the runs that try rates start from, which must not have seen the samples
   *     either
   */
  void add(Row row, Row.Load held, double... rates) {
    Row first = row.with(row.choices().with(Choice.RATE, rates[0]));
    if (!budget.choosesRates()) {
      add(first);
      return;
    }
    Map<String, Double> tried = new LinkedHashMap<>();
    for (double rate : rates) {
      String key = row.key() + "-rate-" + rate;
      tried.put(key, rate);
      add(
          new Row(
              key,
              row.part(),
              row.title() + ", rate " + rate + ", a tenth held out",
              row.choices().with(Choice.RATE, rate).with(Choice.VALIDATION, HELD_OUT),
              budget.oneSeed(),
              held));
    }
    add(first.choosing(tried));
  }

  void add(Claim claim) {
    claims.add(claim);
  }

  List<Row> rows() {
    return List.copyOf(rows.values());
  }

  List<Claim> claims() {
    return List.copyOf(claims);
  }
}
