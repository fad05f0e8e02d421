package org.bitloom.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bitloom.bits.FrozenChoice;
import org.bitloom.error.UsageException;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;
import org.bitloom.settings.RunName;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.settings.RunSettings.FloatWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepGridTest {
  private static final RunChoices ONE_THREAD = RunChoices.none().with(Choice.THREADS, 1);

  private static SweepGrid grid(Map<Choice, List<String>> lists, boolean floats)
      throws IOException {
    return SweepGrid.of(lists, floats, ONE_THREAD);
  }

  private static List<String> masks(SweepGrid grid) {
    return grid.settings().stream().map(SweepGridTest::mask).toList();
  }

  private static String mask(RunSettings run) {
    return run.weights() instanceof BitWeights bits ? bits.mask().at(bits.depth()).mask() : "float";
  }

  @Test
  void withoutListsItIsTheRunOfTrain() throws Exception {
    assertThat(grid(Map.of(), false).settings()).containsExactly(ONE_THREAD.settings());
  }

  @Test
  void everyCombinationIsARunSeedBySeed() throws Exception {
    SweepGrid grid =
        grid(
            Map.of(
                Choice.SEED,
                List.of("1..2"),
                Choice.DEPTH,
                List.of("2", "3"),
                Choice.MASK,
                List.of("top1..all")),
            false);
    assertThat(masks(grid))
        .containsExactly("10", "11", "100", "110", "111", "10", "11", "100", "110", "111");
    assertThat(grid.settings()).extracting(RunSettings::seed).containsSequence(1L, 2L);
  }

  @Test
  void floatsAloneAreAllAndBesideBitsTheyComeFirst() throws Exception {
    assertThat(grid(Map.of(), true).settings())
        .singleElement()
        .matches(run -> run.weights() instanceof FloatWeights);
    assertThat(masks(grid(Map.of(Choice.MASK, List.of("110", "sign")), true)))
        .containsExactly("float", "110", "100000");
  }

  @Test
  void methodsAndDecaysAreAxes() throws Exception {
    SweepGrid grid =
        grid(
            Map.of(
                Choice.DECAY,
                List.of("linear", "cosine"),
                Choice.WEIGHT_DECAY,
                List.of("0", "5e-4")),
            true);
    assertThat(grid.settings())
        .extracting(run -> run.optimizer() + " " + run.schedule())
        .containsExactly(
            "adam linear:5x0.0009",
            "adam cosine:5x0.0009",
            "adam, weight decay 5e-4 linear:5x0.0009",
            "adam, weight decay 5e-4 cosine:5x0.0009");
  }

  @Test
  void latentsAndZerosAreAxesOfBits() throws Exception {
    SweepGrid grid =
        grid(
            Map.of(
                Choice.MASK,
                List.of("111"),
                Choice.LATENTS,
                List.of("paper", "even"),
                Choice.ZEROS,
                List.of("0.5", "0.9")),
            false);
    assertThat(grid.settings())
        .extracting(run -> (BitWeights) run.weights())
        .extracting(bits -> bits.latents() + " " + bits.zeros().getAsDouble())
        .containsExactly("paper 0.5", "paper 0.9", "even:0.05 0.5", "even:0.05 0.9");
  }

  @Test
  void frozenBitsOfGivenWeightsAreAnAxisOfBits(@TempDir Path folder) throws Exception {
    Path model = Files.write(folder.resolve("net.safetensors"), new byte[1]);
    SweepGrid grid =
        SweepGrid.of(
            Map.of(Choice.FROZEN_BITS, List.of("rounded", "noise")),
            true,
            RunChoices.none().with(Choice.INIT_FROM, model));
    assertThat(grid.settings()).hasSize(3);
    assertThat(grid.settings().subList(1, 3))
        .extracting(run -> ((BitWeights) run.weights()).frozenBits())
        .containsExactly(FrozenChoice.ROUNDED, FrozenChoice.NOISE);
    assertThat(VariedSettings.of(grid.settings()).group(grid.settings().get(2)))
        .isEqualTo("frozen bits noise");
    assertThat(grid.settings()).extracting(RunName::of).doesNotHaveDuplicates();
  }

  @Test
  void whatDoesNotFitADepthIsLeftOutAndNamed() throws Exception {
    SweepGrid grid =
        grid(Map.of(Choice.DEPTH, List.of("2", "4"), Choice.MASK, List.of("top3")), false);
    assertThat(masks(grid)).containsExactly("1110");
    assertThat(grid.leftOut()).containsExactly("top3 does not fit depth 2");
  }

  @Test
  void aWordThatIsNoneIsWrongUsage() {
    for (Choice axis : List.of(Choice.SEED, Choice.RATE, Choice.EPOCHS, Choice.DRIFT)) {
      assertThatThrownBy(() -> grid(Map.of(axis, List.of("x")), false))
          .isInstanceOf(UsageException.class)
          .hasMessage(axis.option() + " must be numbers separated by commas, got 'x'");
    }
    assertThatThrownBy(() -> grid(Map.of(Choice.DEPTH, List.of("5..1")), false))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("a range of --bits must rise");
  }
}
