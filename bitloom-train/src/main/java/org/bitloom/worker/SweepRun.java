package org.bitloom.worker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bitloom.io.Json;
import org.bitloom.io.Sha256;
import org.bitloom.settings.RunName;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;

/**
 * One run of a sweep.
 *
 * @param id name of its line and its folder: readable, unique and the same for equal settings
 * @param settings of the run
 * @param place where its data are now, if that is not where the settings say; no part of its line
 */
public record SweepRun(String id, RunSettings settings, Optional<String> place) {
  private static final String RUN = "run";
  private static final String SETTINGS = "settings";
  private static final int KEY_DIGITS = 8;

  /** A run whose data lie where its settings say. */
  public SweepRun(String id, RunSettings settings) {
    this(id, settings, Optional.empty());
  }

  /** Returns the same run with data in another place. */
  public SweepRun at(Optional<String> newPlace) {
    return new SweepRun(id, settings, newPlace);
  }

  /** Names a run by its settings, such as {@code lenet300-mnist-float-seed1-03ab12cd}. */
  public static SweepRun of(RunSettings settings) {
    Map<String, Object> json = SettingsJson.print(settings);
    MessageDigest digest = Sha256.digest();
    digest.update(Json.print(json).getBytes(StandardCharsets.UTF_8));
    String key = Sha256.hex(digest).substring(0, KEY_DIGITS);
    return new SweepRun(RunName.of(settings) + "-" + key, settings);
  }

  /** Returns the run as a JSON object, to which others may add. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(RUN, id);
    json.put(SETTINGS, SettingsJson.print(settings));
    return json;
  }

  /**
   * Reads what {@link #json} returned, whatever else the object holds.
   *
   * @throws IllegalArgumentException if it is no run
   */
  public static SweepRun parse(Object json) {
    if (!(json instanceof Map<?, ?> map) || !(map.get(RUN) instanceof String id)) {
      throw new IllegalArgumentException("a run must be an object with 'run', got " + json);
    }
    return new SweepRun(id, SettingsJson.parse(map.get(SETTINGS)));
  }
}
