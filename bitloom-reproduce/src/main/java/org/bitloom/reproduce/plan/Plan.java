package org.bitloom.reproduce.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows to train and claims to judge by them.
 *
 * @param budget how much is trained
 * @param parts that were asked for
 * @param rows each once
 * @param claims in the order of the page
 */
public record Plan(Budget budget, Set<Part> parts, List<Row> rows, List<Claim> claims) {
  public Plan {
    parts = Set.copyOf(parts);
    rows = List.copyOf(rows);
    claims = List.copyOf(claims);
    Map<String, Row> byKey = new LinkedHashMap<>();
    for (Row row : rows) {
      if (byKey.put(row.key(), row) != null) {
        throw new IllegalArgumentException("a row must be planned once, got twice " + row.key());
      }
    }
    for (Row row : rows) {
      row.load().networks().forEach(other -> demand(byKey, other, row.seeds()));
      row.load().rates().keySet().forEach(other -> demand(byKey, other, List.of()));
    }
    for (Claim claim : claims) {
      demand(byKey, claim.test().row(), List.of());
      if (claim.test() instanceof Claim.Compared test) {
        demand(byKey, test.baseline(), byKey.get(test.row()).seeds());
      }
    }
  }

  private static void demand(Map<String, Row> rows, String key, List<Long> seeds) {
    if (!rows.containsKey(key)) {
      throw new IllegalArgumentException("every row that is used must be planned, missing " + key);
    }
    if (!rows.get(key).seeds().containsAll(seeds)) {
      throw new IllegalArgumentException(
          "row " + key + " must have the seeds " + seeds + ", has " + rows.get(key).seeds());
    }
  }

  /** Returns the plan of some parts, or of all if none is named. */
  public static Plan of(Collection<Part> asked, Budget budget) {
    Set<Part> parts = asked.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.copyOf(asked);
    Draft draft = new Draft(budget);
    for (Part part : parts) {
      switch (part) {
        case DENSE -> DensePart.addTo(draft);
        case CONV -> ConvPart.addTo(draft);
        case RESIDUAL -> ResidualPart.addTo(draft);
        case BITS -> BitsPart.addTo(draft);
        case PAYLOAD -> PayloadPart.addTo(draft);
        case NESTED -> NestedPart.addTo(draft);
      }
    }
    return new Plan(budget, parts, draft.rows(), draft.claims());
  }

  /** Returns a row by its key. */
  public Row row(String key) {
    return rows.stream()
        .filter(row -> row.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no row is called " + key));
  }

  /** Returns the rows in stages: what a row needs is trained in an earlier stage. */
  public List<List<Row>> stages() {
    List<List<Row>> stages = new ArrayList<>();
    Set<String> ready = new LinkedHashSet<>();
    List<Row> left = new ArrayList<>(rows);
    while (!left.isEmpty()) {
      List<Row> stage = left.stream().filter(row -> ready.containsAll(row.load().rows())).toList();
      if (stage.isEmpty()) {
        throw new IllegalArgumentException("rows must not wait for each other, do " + left);
      }
      stages.add(stage);
      stage.forEach(row -> ready.add(row.key()));
      left.removeAll(stage);
    }
    return stages;
  }

  /** Returns the rows that others start from or carry, whose networks must be kept. */
  public Set<String> sources() {
    Set<String> sources = new LinkedHashSet<>();
    rows.forEach(row -> sources.addAll(row.load().networks()));
    return sources;
  }
}
