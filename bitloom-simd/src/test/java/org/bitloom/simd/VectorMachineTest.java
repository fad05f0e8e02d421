package org.bitloom.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VectorMachineTest {
  private static final String USUAL = "mixed mode, sharing";

  private static Optional<String> obstacle(String info, Map<String, String> flags, int bits) {
    return VectorMachine.obstacle(info, name -> Optional.ofNullable(flags.get(name)), bits);
  }

  @Test
  void aJvmWithC2AndVectorsOf128BitsFits() {
    Map<String, String> usual = Map.of("TieredStopAtLevel", "4", "UseJVMCICompiler", "false");
    assertThat(obstacle(USUAL, usual, 128)).isEmpty();
    assertThat(obstacle(USUAL, Map.of(), 512)).as("flags unknown").isEmpty();
  }

  @Test
  void everythingElseIsNamedWithTheFlagToChange() {
    assertThat(obstacle("interpreted mode", Map.of(), 256).orElseThrow()).contains("-Xint");
    assertThat(obstacle("mixed mode, emulated-client", Map.of(), 256).orElseThrow())
        .contains("C2", "-XX:TieredStopAtLevel");
    assertThat(obstacle(USUAL, Map.of("TieredStopAtLevel", "2"), 256).orElseThrow())
        .contains("C2", "-XX:TieredStopAtLevel");
    assertThat(obstacle(USUAL, Map.of("UseJVMCICompiler", "true"), 256).orElseThrow())
        .contains("-XX:-UseJVMCICompiler");
    assertThat(obstacle(USUAL, Map.of(), 64).orElseThrow()).contains("64 bits", "MaxVectorSize");
  }
}
