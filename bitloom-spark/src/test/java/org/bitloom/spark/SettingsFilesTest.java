package org.bitloom.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;
import org.junit.jupiter.api.Test;

class SettingsFilesTest {
  private static final String SHA256 = "ab".repeat(32);

  private static RunSettings settings(String path) {
    Map<String, Object> json = SettingsJson.print(ToyRuns.few().get(0).settings());
    json.put("initFrom", Map.of("path", path, "sha256", SHA256));
    return SettingsJson.parse(json);
  }

  @Test
  void filesThatSettingsNameAreFoundByTheirChecksum() {
    assertThat(SettingsFiles.of(settings("runs/a"))).containsExactly(Map.entry(SHA256, "runs/a"));
    assertThat(SettingsFiles.of(ToyRuns.few().get(0).settings())).isEmpty();
  }

  @Test
  void onlyThePathIsReplaced() {
    RunSettings moved =
        SettingsFiles.moved(settings("runs/a"), (path, sha256) -> "/copy/" + path + sha256);
    assertThat(moved).isEqualTo(settings("/copy/runs/a" + SHA256));
  }
}
