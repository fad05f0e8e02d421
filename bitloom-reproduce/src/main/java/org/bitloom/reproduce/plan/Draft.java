package org.bitloom.reproduce.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan while its parts are put down. */
final class Draft {
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
