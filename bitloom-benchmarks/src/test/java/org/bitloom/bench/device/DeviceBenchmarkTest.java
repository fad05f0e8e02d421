package org.bitloom.bench.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bitloom.settings.DeviceChoice;
import org.junit.jupiter.api.Test;

class DeviceBenchmarkTest {
  private static String run(String... words) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      assertThat(DeviceBenchmark.run(out, List.of(words))).isTrue();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theEnginesProcessorGivesTheBytesOfTheScalarKernels() throws IOException {
    assertThat(run("twins", "--quick")).contains("| twins | all | 0 of 240 differ |");
  }

  @Test
  void repeatedGradientsOfTheProcessorAreEqual() throws IOException {
    assertThat(run("repeat", "--quick")).contains("| 0 of 3 differ from the first |");
  }

  @Test
  void wordsSayWhatToMeasureAndWhere() {
    List<String> words = List.of("steps", "--device", "gpu1", "--net", "conv6", "--seconds", "3");
    DeviceOptions options = DeviceOptions.parse(words).orElseThrow();
    DeviceChoice second = DeviceChoice.gpu(1);
    assertThat(options).isEqualTo(new DeviceOptions("steps", second, List.of("conv6"), 3, false));
  }

  @Test
  void aWordTooManyIsRefused() {
    assertThat(DeviceOptions.parse(List.of("steps", "twins"))).isEmpty();
  }
}
