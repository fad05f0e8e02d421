package org.bitloom.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.settings.Typed;

/**
 * The settings by which runs of a sweep are told apart, beside depth, mask and seed.
 *
 * @param ofAll names of those in which runs differ and that floats have too
 * @param ofBits names of those in which bit-wise runs differ, and floats have none
 */
public record VariedSettings(List<String> ofAll, List<String> ofBits) {
  private static final Map<String, Function<RunSettings, String>> ALL = all();
  private static final Map<String, Function<BitWeights, String>> BITS = bits();
  private static final String NONE = "-";

  public VariedSettings {
    ofAll = List.copyOf(ofAll);
    ofBits = List.copyOf(ofBits);
  }

  private static Map<String, Function<RunSettings, String>> all() {
    Map<String, Function<RunSettings, String>> settings = new LinkedHashMap<>();
    settings.put("network", RunSettings::network);
    settings.put("data", run -> run.data().name());
    settings.put("limit", run -> Integer.toString(run.data().limit()));
    settings.put("augment", run -> run.data().augmentation().toString());
    settings.put("input", run -> run.data().input().toString());
    settings.put("optimizer", run -> run.optimizer().toString());
    settings.put("schedule", run -> run.schedule().typed());
    settings.put("batch", run -> Integer.toString(run.batch()));
    return settings;
  }

  private static Map<String, Function<BitWeights, String>> bits() {
    Map<String, Function<BitWeights, String>> settings = new LinkedHashMap<>();
    settings.put("rule", bits -> bits.rule().label());
    settings.put("drift", bits -> Typed.number(bits.drift()));
    settings.put("zeros", VariedSettings::zeros);
    settings.put("latents", bits -> bits.latents().toString());
    settings.put("frozen bits", bits -> bits.frozenBits().label());
    return settings;
  }

  private static String zeros(BitWeights bits) {
    return bits.zeros().isPresent() ? Typed.number(bits.zeros().getAsDouble()) : "free";
  }

  /** Finds out in which settings runs differ. */
  public static VariedSettings of(List<RunSettings> runs) {
    return new VariedSettings(varied(ALL.keySet(), runs), varied(BITS.keySet(), runs));
  }

  private static List<String> varied(Iterable<String> names, List<RunSettings> runs) {
    List<String> varied = new ArrayList<>();
    for (String name : names) {
      long values =
          runs.stream()
              .map(run -> value(name, run))
              .filter(text -> !text.equals(NONE))
              .distinct()
              .count();
      if (values > 1) {
        varied.add(name);
      }
    }
    return varied;
  }

  /** Returns the value of one of the settings as text; {@code -} where floats have none. */
  public static String value(String name, RunSettings run) {
    if (ALL.containsKey(name)) {
      return ALL.get(name).apply(run);
    }
    return run.weights() instanceof BitWeights bits ? BITS.get(name).apply(bits) : NONE;
  }

  /**
   * Returns what a run has in common with the floats it is compared with, such as {@code batch 25}.
   */
  public String common(RunSettings run) {
    return text(ofAll, run);
  }

  /** Returns what tells a run from others, such as {@code batch 25, rule coupled}; or nothing. */
  public String group(RunSettings run) {
    List<String> names = new ArrayList<>(ofAll);
    names.addAll(ofBits);
    return text(names, run);
  }

  private static String text(List<String> names, RunSettings run) {
    return names.stream()
        .map(name -> name + " " + value(name, run))
        .collect(Collectors.joining(", "));
  }
}
