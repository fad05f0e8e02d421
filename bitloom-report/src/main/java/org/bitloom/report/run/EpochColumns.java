package org.bitloom.report.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitloom.run.LoggedEpochs;

/**
 * The epochs of a run by columns: a list per metric, as long as there are epochs, with null where a
 * line lacks it. Metrics of newer versions are taken along under their own names.
 *
 * @param columns by the key of metrics.jsonl
 * @param flips of each epoch, a list per plane, least significant first; empty lists where a line
 *     has none
 * @param last the last line, whole
 * @param seconds of all epochs by the keys of metrics.jsonl, those left out included
 */
record EpochColumns(
    Map<String, List<Object>> columns,
    List<List<Object>> flips,
    Map<String, Object> last,
    Map<String, Object> seconds) {
  private static final String EPOCH = "epoch";
  private static final String FLIPS = "flips";
  private static final List<String> SECONDS =
      List.of("seconds", "trainSeconds", "dataSeconds", "updateSeconds");

  /** Takes the lines apart; of more than {@code most} epochs some between are left out. */
  static EpochColumns of(LoggedEpochs logged, int most) {
    List<Map<String, Object>> lines = thinned(logged.lines(), most);
    Set<String> keys = new LinkedHashSet<>(List.of(EPOCH));
    for (Map<String, Object> line : lines) {
      line.forEach(
          (key, value) -> {
            if (value instanceof Number) {
              keys.add(key);
            }
          });
    }
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    for (String key : keys) {
      columns.put(key, column(lines, key));
    }
    List<List<Object>> flips = lines.stream().map(EpochColumns::flips).toList();
    Map<String, Object> last = lines.isEmpty() ? Map.of() : lines.get(lines.size() - 1);
    return new EpochColumns(columns, flips, last, seconds(logged.lines()));
  }

  private static Map<String, Object> seconds(List<Map<String, Object>> lines) {
    Map<String, Object> sums = new LinkedHashMap<>();
    for (String key : SECONDS) {
      double sum = 0;
      for (Map<String, Object> line : lines) {
        sum += line.get(key) instanceof Number number ? number.doubleValue() : 0;
      }
      sums.put(key, Digits.of(sum));
    }
    return sums;
  }

  private static List<Object> column(List<Map<String, Object>> lines, String key) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Object value = Digits.of(lines.get(i).get(key));
      values.add(value == null && key.equals(EPOCH) ? (Object) (i + 1L) : value);
    }
    return values;
  }

  private static List<Object> flips(Map<String, Object> line) {
    List<Object> counts = new ArrayList<>();
    if (line.get(FLIPS) instanceof List<?> list) {
      list.forEach(count -> counts.add(Digits.of(count)));
    }
    return counts;
  }

  private static List<Map<String, Object>> thinned(List<Map<String, Object>> lines, int most) {
    if (lines.size() <= most) {
      return lines;
    }
    List<Map<String, Object>> some = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      some.add(lines.get((int) ((long) i * (lines.size() - 1) / (most - 1))));
    }
    return some;
  }

  int count() {
    return flips.size();
  }
}
