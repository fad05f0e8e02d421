package org.bitloom.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.bitloom.testkit.ModuleFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that the engine's parser would end the JVM over: it goes by recursion. */
class DeepProgramTest {
  private static byte[] program(String text) {
    return ModuleFile.dense(4, 2).forward(text).bytes();
  }

  private static void assertRefused(String text, String why) {
    byte[] file = program(text);
    assertThatThrownBy(() -> ScriptArchive.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static List<String> deepPrograms() {
    int n = 2000;
    return List.of(
        "return " + "(".repeat(n) + "x" + ")".repeat(n),
        "return " + "torch.relu(".repeat(n) + "x" + ")".repeat(n),
        "return x" + " + x".repeat(n),
        "return " + "-".repeat(n) + "x",
        "return x" + "[0]".repeat(n),
        "return x" + "(x)".repeat(n),
        "return x" + " if x else x".repeat(n),
        "return " + "not ".repeat(n) + "x",
        "return x" + ".t".repeat(n),
        "y = annotate(" + "List[".repeat(n) + "int" + "]".repeat(n) + ", [])",
        "if x:\n" + " ".repeat(n) + "pass");
  }

  @ParameterizedTest
  @MethodSource("deepPrograms")
  void aProgramTooDeepForTheEngineIsRefused(String text) {
    assertRefused(text, "programs must be less nested and have fewer operators in a line");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"return x # type: ((((", "return \\\n x", "y = '''a'''", "y = \"\"\"a\"\"\""})
  void aProgramThatCouldHideBracketsIsRefused(String text) {
    assertRefused(text, "programs must be as PyTorch writes them");
  }

  @Test
  void aTextThatDoesNotEndOnItsLineIsRefused() {
    assertRefused("y = 'a\n'", "texts in programs must end on their line");
  }

  @Test
  void bracketsInTextsAreNoDepth() {
    String text = "y = \"" + "(".repeat(2000) + "\\\"" + "(" + "\"\n    return x";
    assertThat(ScriptArchive.read(program(text)).tensors()).containsOnlyKeys("weight", "bias");
  }

  @Test
  void manyThingsSideBySideAreNoDepth() {
    String text = "y = [" + "-1, torch.len([x]), ".repeat(2000) + "]\n    return x";
    assertThat(ScriptArchive.read(program(text)).tensors()).containsOnlyKeys("weight", "bias");
  }

  private static String chain(int length) {
    StringBuilder chain = new StringBuilder("return __torch__.f0(x, )\n");
    for (int i = 0; i < length; i++) {
      chain.append("def f").append(i).append("(x: Tensor) -> Tensor:\n  return __torch__.f");
      chain.append(i + 1).append("(x, )\n");
    }
    return chain.append("def f" + length + "(x: Tensor) -> Tensor:\n  return x").toString();
  }

  @Test
  void functionsThatLeadToOneAnotherTooOftenAreRefused() {
    assertRefused(chain(50_000), "steps in all their functions");
  }

  /** A thousand functions deep, the engine needs more than a usual stack. */
  @Test
  void theEngineHasTheStackForWhatIsTaken() {
    ScriptArchive archive = ScriptArchive.read(program(chain(1000)));
    try (ScriptModule module = new ScriptModule(archive.with(Map.of()))) {
      assertThat(module.parameters()).hasSize(2);
    }
  }
}
