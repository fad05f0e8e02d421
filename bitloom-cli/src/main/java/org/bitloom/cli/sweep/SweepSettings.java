package org.bitloom.cli.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;

/** The settings by which the runs of a sweep are told apart, beside depth, mask and seed. */
final class SweepSettings {
  /** Settings that floats have too. */
  static final Map<String, Function<RunSettings, String>> OF_ALL = ofAll();

  /** Settings of bit-wise weights; {@code -} for floats. */
  static final Map<String, Function<RunSettings, String>> OF_BITS = ofBits();

  private SweepSettings() {}

  private static Map<String, Function<RunSettings, String>> ofAll() {
    Map<String, Function<RunSettings, String>> settings = new LinkedHashMap<>();
    settings.put("network", RunSettings::network);
    settings.put("data", run -> run.data().name());
    settings.put("limit", run -> Integer.toString(run.data().limit()));
    settings.put("augment", run -> run.data().augmentation().toString());
    settings.put("optimizer", RunSettings::optimizer);
    settings.put("schedule", run -> run.schedule().toString());
    settings.put("batch", run -> Integer.toString(run.batch()));
    return settings;
  }

  private static Map<String, Function<RunSettings, String>> ofBits() {
    Map<String, Function<RunSettings, String>> settings = new LinkedHashMap<>();
    settings.put("rule", run -> bits(run, bits -> bits.rule().label()));
    settings.put("drift", run -> bits(run, bits -> Double.toString(bits.drift())));
    return settings;
  }

  /** Returns a value of bit-wise weights; {@code -} for floats. */
  static String bits(RunSettings settings, Function<BitWeights, String> value) {
    return settings.weights() instanceof BitWeights bits ? value.apply(bits) : "-";
  }

  /** Returns which of the settings differ among runs, floats aside where they have no value. */
  static List<String> varied(
      Map<String, Function<RunSettings, String>> settings, List<RunSettings> runs) {
    List<String> varied = new ArrayList<>();
    settings.forEach(
        (name, value) -> {
          long values =
              runs.stream().map(value).filter(text -> !text.equals("-")).distinct().count();
          if (values > 1) {
            varied.add(name);
          }
        });
    return varied;
  }
}
