package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochMetricsTest {
  private static final String LINE =
      "{\"epoch\":2,\"learningRate\":9e-4,\"trainLoss\":0.25,\"trainAccuracy\":0.5,"
          + "\"validationLoss\":0.5,\"validationAccuracy\":0.75,"
          + "\"testLoss\":1.0,\"testAccuracy\":1.0,"
          + "\"negative\":3,\"zero\":2,\"positive\":5,\"flips\":[0,7,1],\"seconds\":1.5,"
          + "\"trainSeconds\":1.25,\"dataSeconds\":0.125,\"updateSeconds\":0.25,"
          + "\"imagesPerSecond\":480.0}";

  private static Map<String, Object> line() {
    Map<String, Object> line = new LinkedHashMap<>();
    ((Map<?, ?>) Json.parse(LINE)).forEach((key, value) -> line.put((String) key, value));
    return line;
  }

  @Test
  void aLineIsReadAndWrittenToTheByte() {
    String normal = Json.print(Json.parse(LINE));
    assertThat(Json.print(EpochMetrics.parse(Json.parse(LINE)).json())).isEqualTo(normal);
  }

  @Test
  void everyFigureIsFound() {
    EpochMetrics metrics = EpochMetrics.parse(line());
    assertThat(metrics.epoch()).isEqualTo(2);
    assertThat(metrics.learningRate()).isEqualTo(9e-4);
    assertThat(metrics.result().decisive().accuracy()).isEqualTo(0.75);
    assertThat(metrics.result().weights().zeroShare()).isEqualTo(0.2);
    assertThat(metrics.flips()).isEqualTo(List.of(0L, 7L, 1L));
    assertThat(metrics.seconds().imagesPerSecond()).hasValue(480);
  }

  @Test
  void withoutHeldOutSamplesTheTestSamplesDecide() {
    Map<String, Object> line = line();
    line.remove("validationLoss");
    line.remove("validationAccuracy");
    EpochMetrics metrics = EpochMetrics.parse(line);
    assertThat(metrics.json()).isEqualTo(line);
    assertThat(metrics.result().decisive()).isEqualTo(metrics.result().test());
  }

  @ParameterizedTest
  @ValueSource(strings = {"trainSeconds", "dataSeconds", "updateSeconds", "imagesPerSecond"})
  void linesOfOlderVersionsLackTimes(String key) {
    Map<String, Object> line = line();
    line.remove(key);
    assertThat(EpochMetrics.parse(line).json()).isEqualTo(line);
  }

  @Test
  void keysOfNewerVersionsDoNotMatter() {
    Map<String, Object> line = line();
    line.put("temperature", List.of(0.5, 1.0));
    assertThat(EpochMetrics.parse(line)).isEqualTo(EpochMetrics.parse(line()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "epoch",
        "learningRate",
        "trainLoss",
        "trainAccuracy",
        "validationLoss",
        "testAccuracy",
        "zero",
        "flips",
        "seconds"
      })
  void aLineWithoutAKeyThatAllVersionsWriteIsRefused(String key) {
    Map<String, Object> line = line();
    line.remove(key);
    assertThatThrownBy(() -> EpochMetrics.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + key + "' must be a ")
        .hasMessageEndingWith("got null");
  }

  @ParameterizedTest
  @CsvSource({
    "epoch, 0, 'epoch must be at least 1, got 0'",
    "epoch, 1.5, 'must be a whole number, got 1.5'",
    "testAccuracy, 1.5, 'accuracy must be 0..1, got 1.5'",
    "zero, -1, 'counts of weights must be at least 0, got 3, -1, 5'"
  })
  void aValueOutOfRangeIsRefused(String key, String value, String message) {
    Map<String, Object> line = line();
    line.put(key, Json.parse(value));
    assertThatThrownBy(() -> EpochMetrics.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(message);
  }
}
