package org.bitloom.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.error.UsageException;
import org.bitloom.testkit.ModuleFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules that were traced, so that constants say whether they train. */
class FixedModeTest {
  @TempDir private Path folder;

  private ScriptNetwork network(String... lines) throws IOException {
    Path file = folder.resolve("toy.pt");
    Files.write(file, ModuleFile.dense(4, 2).forward(lines).bytes());
    return ScriptNetwork.read(file, "toy.pt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch.dropout(x, 0.5, True)",
        "torch.dropout_(torch.relu(x), 0.10000000000000001, True)",
        "torch.feature_dropout(x, 0.5, True)",
        "torch.alpha_dropout(x, 0.5, train=True)",
        "torch.rrelu(x, 0.125, 0.33333333333333331, True)",
        "torch.batch_norm(x, w, b, mean, var, True, 0.1, 1e-05, True)",
        "torch.instance_norm(x, w, b, mean, var, True, 0.1, 1e-05, True)",
        "torch.lstm(x, [h, c], [w, v, b, a], True, 2, 0.5, True, False, True)",
        "torch.gru(x, s, h, [w, v], True, 2, 0.5, True, False)",
        "torch.scaled_dot_product_attention(q, k, v, None, 0.10000000000000001)"
      })
  void aModuleThatAlwaysTrainsIsNotTrained(String call) throws IOException {
    ScriptNetwork network = network("a = " + call, "return x");
    assertThatThrownBy(network::checkMode)
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            "network must know whether it trains, toy.pt trains even while it is measured, by ")
        .extracting(e -> ((UsageException) e).hint())
        .asString()
        .contains("torch.jit.script(net) in place of trace, or trace net.eval()");
    assertThat(network.measuringNotice()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch.dropout(x, 0.5, self.training)",
        "torch.dropout(x, 0.5, training)",
        "torch.dropout(x, 0., True)",
        "torch.batch_norm(x, w, b, None, None, True, 0.1, 1e-05, True)",
        "torch.instance_norm(x, None, None, None, None, True, 0.1, 1e-05, True)",
        "torch.lstm(x, [h, c], [w, v], True, 1, 0., True, False, True)",
        "torch.lstm(x, [h, c], [w, v], True, 2, 0.5, self.training, False, True)",
        "torch.scaled_dot_product_attention(q, k, v, None, dropout_p)",
        "torch.format(\"torch.dropout(x, 0.5, True)\", x)"
      })
  void aModuleThatKnowsItsModeIsTaken(String call) throws IOException {
    ScriptNetwork network = network("a = " + call, "return x");
    network.checkMode();
    assertThat(network.measuringNotice()).isEmpty();
    assertThat(network.trainingNotice()).isEmpty();
  }

  @Test
  void aConstantUnderANameIsOneToo() throws IOException {
    ScriptNetwork always = network("t = True", "a = torch.dropout(x, 0.5, t)", "return a");
    assertThatThrownBy(always::checkMode).isInstanceOf(UsageException.class);
    network("if x:", "  t = True", "else:", "  t = False", "a = torch.dropout(x, 0.5, t)")
        .checkMode();
  }

  /** Python's default of the function is to train. */
  @Test
  void functionsOfTorchAreCallsToo() throws IOException {
    ScriptNetwork always =
        network("_0 = __torch__.torch.nn.functional.dropout", "return _0(x, 0.5, True, False, )");
    assertThatThrownBy(always::checkMode).hasMessageEndingWith("by _0(x, 0.5, True, False)");
    network(
            "_0 = __torch__.torch.nn.functional.batch_norm",
            "return _0(x, mean, var, w, b, self.training, 0.1, 1e-05, )")
        .checkMode();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "torch.dropout(x, 0.5, False)",
        "torch.batch_norm(x, w, b, mean, var, False, 0.1, 1e-05, True)"
      })
  void whatWasTracedInEvaluationModeIsSaidNotToTrain(String call) throws IOException {
    ScriptNetwork network = network("return " + call);
    network.checkMode();
    assertThat(network.trainingNotice())
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .startsWith("toy.pt was traced in evaluation mode: torch.")
                    .endsWith("does nothing in training; script it if it shall"));
  }

  @Test
  void aModuleOfPyTorchKnowsItsMode() throws IOException {
    Path file = folder.resolve("cnn.pt");
    Files.write(file, getClass().getResourceAsStream("tiny_cnn.pt").readAllBytes());
    ScriptNetwork network = ScriptNetwork.read(file, "cnn.pt");
    network.checkMode();
    assertThat(network.trainingNotice()).isEmpty();
  }

  @Test
  void argumentsAreTakenApartAtTheirOwnCommas() {
    ProgramText text =
        ProgramText.of(
            "a.py", "f([1, 2], g(x, y), \"a, b\", z, )".getBytes(StandardCharsets.UTF_8));
    assertThat(text.arguments(1)).containsExactly("[1, 2]", "g(x, y)", "\"    \"", "z");
  }
}
