package org.bitloom.report.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.io.Json;
import org.bitloom.report.ReportDocument;
import org.bitloom.report.ReportPage;
import org.bitloom.report.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page is told of a sweep. */
final class SweepPartTest {
  @TempDir private Path folder;

  private static Map<String, Object> end(String id, String mask, long seed) {
    Map<String, Object> end = new LinkedHashMap<>();
    end.put("run", id);
    Map<String, Object> settings = settings(seed);
    settings.put(
        "weights",
        mask.equals("float")
            ? "float"
            : Map.of(
                "depth", 6L, "mask", mask, "rule", "coupled", "drift", 0.0, "layers", List.of()));
    end.put("settings", settings);
    end.putAll(RunFolder.line(2));
    end.put("testAccuracy", 0.9 + 0.001 * seed + (mask.startsWith("11") ? 0.02 : 0));
    end.put("modelSha256", "0".repeat(64));
    return end;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> settings(long seed) {
    return new LinkedHashMap<>(
        (Map<String, Object>) RunFolder.config("mnist", 2, seed).get("settings"));
  }

  private Map<?, ?> sweep(List<Map<String, Object>> ends) throws IOException {
    write(ends);
    return (Map<?, ?>) ((List<?>) ReportDocument.of(List.of(folder)).get("sweeps")).get(0);
  }

  private void write(List<Map<String, Object>> ends) throws IOException {
    Files.writeString(folder.resolve("sweep.json"), "{\"command\":\"./bitloom sweep\",\"runs\":9}");
    List<String> lines = new ArrayList<>();
    ends.forEach(end -> lines.add(Json.print(end)));
    Files.write(folder.resolve("results.jsonl"), lines);
  }

  private static List<Map<String, Object>> threeSeeds() {
    List<Map<String, Object>> ends = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      ends.add(end("top2-" + seed, "110000", seed));
      ends.add(end("top1-" + seed, "100000", seed));
      ends.add(end("float-" + seed, "float", seed));
    }
    return ends;
  }

  @Test
  void aRowHasItsTestAndItsRuns() throws IOException {
    Map<?, ?> sweep = sweep(threeSeeds());
    Map<?, ?> best = (Map<?, ?>) ((List<?>) sweep.get("rows")).get(0);
    assertThat(best.get("mask")).isEqualTo("110000");
    assertThat(best.get("verdict")).isEqualTo("better");
    assertThat((double) best.get("pValue")).isBetween(0.0, 0.05);
    assertThat((List<?>) best.get("members")).hasSize(3);
    assertThat(sweep.get("test")).asString().contains("Welch's t-test").contains("Holm");
  }

  @Test
  void runsWhoseFoldersAreGoneAreToldOfByTheirLines() throws IOException {
    Map<?, ?> sweep = sweep(threeSeeds());
    Map<?, ?> run = (Map<?, ?>) ((List<?>) sweep.get("runs")).get(0);
    assertThat(run.get("pruned")).isEqualTo(true);
    assertThat(((Map<?, ?>) run.get("epochs")).get("epoch")).isEqualTo(List.of(2L));
  }

  @Test
  void failedRunsSayWhy() throws IOException {
    Map<String, Object> failed = new LinkedHashMap<>();
    failed.put("run", "gone");
    failed.put("settings", settings(1));
    failed.put("error", "the run diverged");
    failed.put("hint", "lower the rate");
    Map<?, ?> run = (Map<?, ?>) ((List<?>) sweep(List.of(failed)).get("runs")).get(0);
    assertThat(run.get("state")).isEqualTo("failed");
    assertThat(run.get("error")).isEqualTo("the run diverged");
  }

  @Test
  void runsThatHaveNotEndedAreFoundByTheirFolders() throws IOException {
    RunFolder.write(folder.resolve("runs/begun"), RunFolder.config("mnist", 5, 1), 2);
    Map<?, ?> run = (Map<?, ?>) ((List<?>) sweep(List.of()).get("runs")).get(0);
    assertThat(run.get("name")).isEqualTo("begun");
    assertThat(run.get("state")).isEqualTo("stopped");
  }

  @Test
  void picturesAreSvg() throws IOException {
    List<?> pictures = (List<?>) sweep(threeSeeds()).get("pictures");
    Map<?, ?> picture = (Map<?, ?>) pictures.get(0);
    byte[] svg = Base64.getDecoder().decode((String) picture.get("svg"));
    assertThat(new String(svg, StandardCharsets.UTF_8)).contains("<svg");
  }

  @Test
  void fiveHundredRunsStayBelowTenMegabytes() throws IOException {
    List<Map<String, Object>> ends = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      ends.add(end("run-" + i, i % 2 == 0 ? "110000" : "100000", i));
      RunFolder.write(folder.resolve("runs/run-" + i), RunFolder.config("mnist", 100, i), 100);
    }
    write(ends);
    assertThat(ReportPage.of(ReportDocument.of(List.of(folder)))).hasSizeLessThan(10_000_000);
  }
}
