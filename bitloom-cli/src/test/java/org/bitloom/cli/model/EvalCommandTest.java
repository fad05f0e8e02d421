package org.bitloom.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bitloom.bits.BitRange;
import org.bitloom.cli.Captured;
import org.bitloom.cli.FakeLibrary;
import org.bitloom.cli.SmallRun;
import org.bitloom.model.Reading;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a model in part from the command line. */
final class EvalCommandTest {
  @TempDir private Path folder;
  private final FakeLibrary library = new FakeLibrary(true, null);
  private Path file;

  @BeforeEach
  void anyFileWillDo() throws IOException {
    file = Files.createFile(folder.resolve("model.safetensors"));
  }

  private Captured eval(String... options) {
    String[] words = new String[options.length + 2];
    words[0] = "eval";
    words[1] = file.toString();
    System.arraycopy(options, 0, words, 2, options.length);
    return Captured.run(library, 0, words);
  }

  @Test
  void withoutOptionsTheModelIsReadAsItIs() {
    assertThat(eval().exitCode()).isZero();
    assertThat(library.evaluated.reading()).isEqualTo(Reading.PLAIN);
    assertThat(library.evaluated.model()).isEqualTo(file);
  }

  @Test
  void everyClassHasItsAccuracyAndTheMistakeMadeMostOften() {
    assertThat(eval().out())
        .isEqualTo(
            """
            accuracy  97.81 %
            correct   9781 of 10000
            loss      0.0712
            balanced  97.81 %, the mean over the classes
              cat   97.62 %  4881 of 5000, 119 taken for dog
              dog   98.00 %  4900 of 5000, 100 taken for cat
            """);
  }

  @Test
  void jsonHoldsTheAccuracyPerClassAndTheWholeConfusion() {
    assertThat(eval("--json").out())
        .contains(
            "\"balancedAccuracy\":0.9781",
            "\"testPerClass\":[0.9762,0.98]",
            "\"classNames\":[\"cat\",\"dog\"]",
            "\"confusion\":[[4881,119],[100,4900]]");
  }

  @Test
  void theOptionsMakeAReading() {
    eval("--use-bits", "5..3");
    assertThat(library.evaluated.reading())
        .isEqualTo(new Reading(0, 1, Optional.of(new BitRange(5, 3)), 0));
    eval("--drop-low", "2", "--flip-noise", "0.25");
    assertThat(library.evaluated.reading()).isEqualTo(new Reading(0.25, 1, Optional.empty(), 2));
    eval("--flip-noise", "1", "--seed", "7");
    assertThat(library.evaluated.reading()).isEqualTo(new Reading(1, 7, Optional.empty(), 0));
  }

  @Test
  void bitsWithoutTheSignOfTheWeightsAreWarnedOf() throws IOException {
    String deep = SmallRun.write(folder.resolve("deep")).toString();
    Captured low = Captured.run(library, 0, "eval", deep, "--use-bits", "5..3");
    assertThat(low.exitCode()).isZero();
    assertThat(low.err())
        .startsWith("bitloom: bits 5..3 lack the sign of the weights, which is bit 31: ")
        .endsWith("31..29 are as many bits with their sign\n");
    assertThat(Captured.run(library, 0, "eval", deep, "--use-bits", "31..29").err()).isEmpty();
  }

  @Test
  void impossibleOptionsAreRefusedAsWrongUsage() {
    assertRefused("bits must be HI..LO, got '5-3'", "--use-bits", "5-3");
    assertRefused("dropped bits must be at least 0, got -2", "--drop-low", "-2");
    assertRefused("share of redrawn bits must be 0..1, got 1.5", "--flip-noise", "1.5");
    assertRefused("--seed is for --flip-noise, got no --flip-noise", "--seed", "3");
  }

  @Test
  void plainJavaIsAskedInPlaceOfTheEngine() {
    assertThat(eval("--engine", "java").out()).isEqualTo(eval().out());
    eval("--engine", "java");
    assertThat(library.evaluatedOn).as("device of the engine").isNull();
    eval("--engine", "pytorch");
    assertThat(library.evaluatedOn).isNotNull();
  }

  @Test
  void plainJavaHasNoGpuAndThereAreNoOtherEngines() {
    assertRefused("engine must be pytorch or java, got 'jax'", "--engine", "jax");
    assertRefused(
        "plain Java computes on the processor, got --device gpu1",
        "--engine",
        "java",
        "--device",
        "gpu1");
  }

  private void assertRefused(String message, String... options) {
    Captured result = eval(options);
    assertThat(result.err()).startsWith("bitloom: " + message);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(library.evaluated).isNull();
  }
}
