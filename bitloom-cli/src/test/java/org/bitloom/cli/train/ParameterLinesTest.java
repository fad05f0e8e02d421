package org.bitloom.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.bits.BitMask;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.StopSignal;
import org.bitloom.update.ParameterSpec;
import org.junit.jupiter.api.Test;

final class ParameterLinesTest {
  private static ParameterSpec bits(String name, Integer... shape) {
    return ParameterSpec.bits(name, List.of(shape), BitMask.top(3).at(6));
  }

  private static ParameterSpec floats(String name, int size) {
    return ParameterSpec.floats(name, List.of(size));
  }

  @Test
  void bitsAndFloatsAreCountedAndNamed() {
    List<ParameterSpec> trained =
        List.of(bits("conv1.weight", 300, 4), floats("conv1.bias", 300), bits("w", 5, 2));
    assertThat(ParameterLines.of(trained))
        .containsExactly(
            "bits: 1,210 numbers in 2 parameters (conv1.weight, w)",
            "floats: 300 numbers in one parameter (conv1.bias)");
  }

  @Test
  void whatThereIsNoneOfIsSaid() {
    assertThat(ParameterLines.of(List.of(bits("w", 1, 2)))).endsWith("floats: none");
    assertThat(ParameterLines.of(List.of(floats("w", 2)))).startsWith("bits: none");
  }

  @Test
  void ofManyParametersTheFirstAndTheLastAreNamed() {
    List<ParameterSpec> trained = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      trained.add(floats("norm" + i + ".gamma", 1));
    }
    assertThat(ParameterLines.of(trained))
        .endsWith(
            "floats: 6 numbers in 6 parameters (norm1.gamma, norm2.gamma, norm3.gamma,"
                + " norm4.gamma, ..., norm6.gamma)");
  }

  @Test
  void theyAreShownUnlessQuiet() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(shown, true, StandardCharsets.UTF_8);
    Console console = new Console(err, err, 0);
    new TrainProgress(console.quiet(), new StopSignal()).parameters(List.of(bits("w", 1, 2)));
    assertThat(shown.size()).isZero();
    new TrainProgress(console, new StopSignal()).parameters(List.of(bits("w", 1, 2)));
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualTo("bits: 2 numbers in one parameter (w)\nfloats: none\n");
  }
}
