package org.bitloom.sweep;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import org.bitloom.io.Json;
import org.bitloom.io.Sha256;
import org.bitloom.run.RunName;
import org.bitloom.run.RunSettings;
import org.bitloom.run.SettingsJson;

/**
 * One run of a sweep.
 *
 * @param id name of its line and its folder: readable, unique and the same for equal settings
 * @param settings of the run
 */
public record SweepRun(String id, RunSettings settings) {
  private static final int KEY_DIGITS = 8;

  /** Names a run by its settings, such as {@code lenet300-mnist-float-seed1-03ab12cd}. */
  public static SweepRun of(RunSettings settings) {
    Map<String, Object> json = SettingsJson.print(settings);
    MessageDigest digest = Sha256.digest();
    digest.update(Json.print(json).getBytes(StandardCharsets.UTF_8));
    String key = Sha256.hex(digest).substring(0, KEY_DIGITS);
    return new SweepRun(RunName.of(settings) + "-" + key, settings);
  }
}
