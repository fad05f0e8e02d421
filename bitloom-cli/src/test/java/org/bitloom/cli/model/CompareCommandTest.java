package org.bitloom.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bitloom.cli.Captured;
import org.bitloom.io.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareCommandTest {
  private static final String CONFIG =
      "{\"settings\":{\"network\":\"lenet300\",\"weights\":%s,\"seed\":1}}";

  private static final String EPOCH =
      "{\"epoch\":%d,\"learningRate\":0.1,\"trainLoss\":0.5,\"trainAccuracy\":0.5,"
          + "\"testLoss\":0.5,\"testAccuracy\":%s,\"negative\":1,\"zero\":2,\"positive\":3,"
          + "\"flips\":[],\"seconds\":1.5}\n";

  private static final String NAMES =
      ",\"data\":{\"sha256\":\"\",\"classNames\":[\"cat\",\"dog\"]}}";

  @TempDir private Path root;
  private Path bits;
  private Path floats;

  @BeforeEach
  void writeRuns() throws IOException {
    bits = write("bits", "{\"depth\":6,\"mask\":\"111000\"}", EPOCH.formatted(1, 0.5));
    floats = write("floats", "\"float\"", EPOCH.formatted(1, 0.6) + EPOCH.formatted(2, 0.75));
  }

  private Path write(String name, String weights, String metrics) throws IOException {
    Path folder = Files.createDirectory(root.resolve(name));
    Files.writeString(folder.resolve("config.json"), CONFIG.formatted(weights));
    Files.writeString(folder.resolve("metrics.jsonl"), metrics);
    return folder;
  }

  @Test
  void jsonHoldsOnlySettingsThatDifferAndAllMetrics() {
    Captured result = Captured.run("compare --json " + bits + " " + floats);
    Map<?, ?> object = (Map<?, ?>) Json.parse(result.out().strip());
    assertThat(object.get("settings"))
        .isEqualTo(
            Map.of(
                "settings.weights.depth", Arrays.asList(6L, null),
                "settings.weights.mask", Arrays.asList("111000", null),
                "settings.weights", Arrays.asList(null, "float")));
    Map<?, ?> metrics = (Map<?, ?>) object.get("metrics");
    assertThat(metrics.get("epoch")).isEqualTo(List.of(1L, 2L));
    assertThat(metrics.get("testAccuracy")).isEqualTo(List.of(0.5, 0.75));
    assertThat(metrics.get("zero")).isEqualTo(List.of(2L, 2L));
  }

  @Test
  void theTableSaysInWordsWhatDiffersAndByHowMuch() {
    assertThat(Captured.run("compare " + bits + " " + floats).out())
        .isEqualTo(
            """
            A  %s
            B  %s

            settings that differ  A     B
            bits                  6     -
            mask                  top3  -
            weights               -     floats

            metrics of the last epoch        A        B    B - A
            epochs                           1        2       +1
            learning rate                  0.1      0.1
            training loss               0.5000   0.5000  +0.0000
            training accuracy          50.00 %%  50.00 %%    +0.00
            test loss                   0.5000   0.5000  +0.0000
            test accuracy              50.00 %%  75.00 %%   +25.00
            negative weights           16.67 %%  16.67 %%    +0.00
            zero weights               33.33 %%  33.33 %%    +0.00
            positive weights           50.00 %%  50.00 %%    +0.00
            bits flipped in the epoch     none     none
            seconds of the epoch           1.5      1.5     +0.0
            """
                .formatted(bits, floats));
  }

  @Test
  void valuesThatAreTooLongForATableStandBelowEachOther() throws IOException {
    String place = "/a/long/path/" + "x".repeat(60);
    for (Path run : List.of(bits, floats)) {
      Files.writeString(
          run.resolve("config.json"),
          CONFIG
              .formatted("\"float\"")
              .replaceFirst("}$", ",\"data\":{\"place\":\"" + place + run.getFileName() + "\"}}"));
    }
    assertThat(Captured.run("compare " + bits + " " + floats).out())
        .contains("\ndata, place\n  A  " + place + "bits\n  B  " + place + "floats\n");
  }

  @Test
  void theAccuracyOfEveryClassStandsUnderItsName() throws IOException {
    for (Path run : List.of(bits, floats)) {
      Files.writeString(
          run.resolve("config.json"), CONFIG.formatted("\"float\"").replaceFirst("}$", NAMES));
      String share = run.equals(bits) ? "[1.0,null]" : "[0.5,0.25]";
      Files.writeString(
          run.resolve("metrics.jsonl"),
          EPOCH
              .formatted(1, 0.5)
              .replace("\"negative\"", "\"testPerClass\":" + share + ",\"negative\""));
    }
    assertThat(Captured.run("compare " + bits + " " + floats).out())
        .containsPattern(
            "test accuracy per class +A +B +B - A\ncat +100\\.00 % +50\\.00 % +-50\\.00\n")
        .containsPattern("\ndog +- +25\\.00 %\n")
        .doesNotContain("testPerClass");
    assertThat(Captured.run("compare --json " + bits + " " + floats).out())
        .contains("\"testPerClass\":{\"cat\":[1.0,0.5],\"dog\":[null,0.25]}");
  }

  @Test
  void aLineThatWasCutOffByAKillIsLeftOut() throws IOException {
    Files.writeString(bits.resolve("metrics.jsonl"), EPOCH.formatted(1, 0.5) + "{\"epo");
    assertThat(Captured.run("compare --json " + bits + " " + floats).out())
        .contains("\"epoch\":[1,2]");
  }

  @Test
  void aRunWithoutAnEpochCanBeCompared() throws IOException {
    Files.delete(bits.resolve("metrics.jsonl"));
    Files.writeString(floats.resolve("metrics.jsonl"), "");
    assertThat(Captured.run("compare " + bits + " " + floats).out())
        .endsWith("metrics: no epoch has ended\n");
  }

  @Test
  void aDamagedConfigIsAFailure() throws IOException {
    Files.writeString(bits.resolve("config.json"), "{\"settings\":");
    Captured result = Captured.run("compare " + bits + " " + floats);
    assertThat(result.err()).contains("config.json");
    assertThat(result.exitCode()).isEqualTo(1);
  }
}
