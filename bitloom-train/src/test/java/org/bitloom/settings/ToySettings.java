package org.bitloom.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of runs over a folder of toy images. */
public final class ToySettings {
  private ToySettings() {}

  /** Returns the settings of the standard run, of three epochs. */
  public static RunSettings of(Path data) {
    return of(data, Map.of());
  }

  /** Returns the settings of the standard run, some replaced by those of config.json. */
  public static RunSettings of(Path data, Map<String, Object> replaced) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("network", "lenet300");
    json.put("data", data.toString());
    json.put("weights", weights(6, "111000", "coupled"));
    json.put("optimizer", "adam");
    json.put("schedule", "2x9e-4,1x9e-5");
    json.put("batch", 50L);
    json.put("validation", 0.1);
    json.put("limit", 0L);
    json.put("augmentation", "none");
    json.put("seed", 1L);
    json.put("threads", 2L);
    json.putAll(replaced);
    return SettingsJson.parse(json);
  }

  public static Map<String, Object> weights(int depth, String mask, String rule) {
    return Map.of(
        "depth", (long) depth, "mask", mask, "rule", rule, "drift", 0.0, "layers", List.of());
  }
}
