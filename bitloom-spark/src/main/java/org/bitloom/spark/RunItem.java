package org.bitloom.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bitloom.io.Json;
import org.bitloom.run.SettingsJson;
import org.bitloom.sweep.SweepRun;

/** A run as the text that travels to an executor. */
final class RunItem {
  private static final String RUN = "run";
  private static final String SETTINGS = "settings";

  private RunItem() {}

  static String print(SweepRun run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(RUN, run.id());
    json.put(SETTINGS, SettingsJson.print(run.settings()));
    return Json.print(json);
  }

  static SweepRun parse(String text) {
    Map<?, ?> json = (Map<?, ?>) Json.parse(text);
    return new SweepRun((String) json.get(RUN), SettingsJson.parse(json.get(SETTINGS)));
  }
}
