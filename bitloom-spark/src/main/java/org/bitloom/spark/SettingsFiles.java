package org.bitloom.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;

/**
 * The files that settings name by path and checksum, such as the network to start from. Only the
 * checksum counts for what a run computes, so a copy elsewhere serves as well.
 */
final class SettingsFiles {
  private static final String PATH = "path";
  private static final String SHA256 = "sha256";

  private SettingsFiles() {}

  /** Returns the paths by their checksums. */
  static Map<String, String> of(RunSettings settings) {
    Map<String, String> paths = new LinkedHashMap<>();
    for (Object value : SettingsJson.print(settings).values()) {
      if (value instanceof Map<?, ?> file && file.get(SHA256) instanceof String sha256) {
        paths.put(sha256, (String) file.get(PATH));
      }
    }
    return paths;
  }

  /**
   * Returns the settings with other paths.
   *
   * @param place takes a path and its checksum, returns the path in its place
   */
  static RunSettings moved(RunSettings settings, BinaryOperator<String> place) {
    Map<String, Object> json = SettingsJson.print(settings);
    json.replaceAll(
        (key, value) -> {
          if (value instanceof Map<?, ?> file && file.get(SHA256) instanceof String sha256) {
            return Map.of(PATH, place.apply((String) file.get(PATH), sha256), SHA256, sha256);
          }
          return value;
        });
    return SettingsJson.parse(json);
  }
}
