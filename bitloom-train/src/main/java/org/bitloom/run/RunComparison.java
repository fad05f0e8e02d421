package org.bitloom.run;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Two runs side by side.
 *
 * @param settings what config.json says otherwise of one than of the other; nested keys are joined
 *     by points, such as {@code settings.seed}
 * @param metrics of the last epoch of each, equal ones too
 * @param perClass accuracy over the test samples of each class, by the name of the class
 */
public record RunComparison(List<Line> settings, List<Line> metrics, List<Line> perClass) {
  private static final String PER_CLASS = "testPerClass";

  /**
   * What two runs say under one key.
   *
   * @param left value of the first; null = it has none
   * @param right value of the second; null = it has none
   */
  public record Line(String key, Object left, Object right) {
    boolean differs() {
      return !Objects.equals(left, right);
    }
  }

  public RunComparison {
    settings = List.copyOf(settings);
    metrics = List.copyOf(metrics);
    perClass = List.copyOf(perClass);
  }

  /** Compares two runs, which may still be at work. */
  public static RunComparison of(RunReader left, RunReader right) throws IOException {
    List<Line> settings =
        lines(flat(left.config()), flat(right.config())).stream().filter(Line::differs).toList();
    List<Line> metrics =
        lines(metrics(left), metrics(right)).stream()
            .filter(line -> !line.key().equals(PER_CLASS))
            .toList();
    return new RunComparison(settings, metrics, lines(perClass(left), perClass(right)));
  }

  /** Returns the accuracy of each class by its name, or by its number if it has none. */
  private static Map<String, Object> perClass(RunReader run) throws IOException {
    Map<String, Object> named = new LinkedHashMap<>();
    if (run.last().isPresent()) {
      List<Double> shares = run.last().get().result().testPerClass().json();
      List<String> names = run.classNames();
      for (int label = 0; label < shares.size(); label++) {
        boolean known = names.size() == shares.size();
        named.put(known ? names.get(label) : String.valueOf(label), shares.get(label));
      }
    }
    return named;
  }

  private static Map<String, Object> metrics(RunReader run) throws IOException {
    return run.last().map(EpochMetrics::json).orElse(Map.of());
  }

  private static List<Line> lines(Map<String, Object> left, Map<String, Object> right) {
    Set<String> keys = new LinkedHashSet<>(left.keySet());
    keys.addAll(right.keySet());
    return keys.stream().map(key -> new Line(key, left.get(key), right.get(key))).toList();
  }

  private static Map<String, Object> flat(Map<?, ?> object) {
    Map<String, Object> flat = new LinkedHashMap<>();
    flatten("", object, flat);
    return flat;
  }

  private static void flatten(String prefix, Map<?, ?> object, Map<String, Object> flat) {
    object.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> inner) {
            flatten(prefix + key + ".", inner, flat);
          } else {
            flat.put(prefix + key, value);
          }
        });
  }
}
