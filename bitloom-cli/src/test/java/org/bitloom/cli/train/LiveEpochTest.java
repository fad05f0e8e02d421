package org.bitloom.cli.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bitloom.bits.BitMask;
import org.bitloom.cli.terminal.Letters;
import org.bitloom.cli.terminal.Screen;
import org.bitloom.model.WeightCounts;
import org.bitloom.run.EpochMetrics;
import org.bitloom.run.EpochResult;
import org.bitloom.run.EpochResult.Score;
import org.bitloom.run.EpochSeconds;
import org.bitloom.run.Progress.BatchProgress;
import org.bitloom.update.ParameterSpec;
import org.junit.jupiter.api.Test;

final class LiveEpochTest {
  private final LiveEpoch live = new LiveEpoch();

  private static EpochMetrics epoch(int number, double accuracy, List<Long> flips) {
    Score score = new Score(0.25, accuracy);
    EpochResult result =
        new EpochResult(number, score, Optional.empty(), score, new WeightCounts(25, 50, 25));
    OptionalDouble none = OptionalDouble.empty();
    return new EpochMetrics(9e-4, result, flips, new EpochSeconds(1, none, none, none, none));
  }

  private List<String> shown(int columns, Letters letters) {
    return live.at(new BatchProgress(3, 5, 469, 938, 0.0512, 0.9781, 20_000, 83), letters)
        .lines(new Screen.Size(columns, 24));
  }

  private void trainTwoEpochs() {
    live.trains(
        List.of(
            ParameterSpec.bits("w", List.of(10, 10), BitMask.top(3).at(6)),
            ParameterSpec.floats("b", List.of(10))));
    live.at(new BatchProgress(1, 5, 100, 938, 2, 0.3, 20_000, 99), Letters.ASCII);
    live.ended(epoch(1, 0.9750, List.of(0L, 0L, 0L, 20L, 10L, 0L)));
    live.ended(epoch(2, 0.9744, List.of(0L, 0L, 0L, 2L, 1L, 0L)));
  }

  @Test
  void accuracyStandsAgainstTheBestAndFlipsAreAShareOfTheTrainedBits() {
    trainTwoEpochs();
    assertThat(shown(200, Letters.of(UTF_8)))
        .containsExactly(
            "epoch 3/5  469/938  loss 0.0512 █▁  train 97.81 %  1:23 left  test 97.44 % (best"
                + " 97.50 %)  flips 1.00 %  zeros 50.00 %  20000 images/s");
  }

  @Test
  void everyWindowGetsAllOfItAndNothingWraps() {
    trainTwoEpochs();
    Screen.LiveText text =
        live.at(new BatchProgress(3, 5, 469, 938, 0.0512, 0.9781, 20_000, 83), Letters.ASCII);
    String whole = String.join(" ", text.lines(new Screen.Size(200, 24)));
    for (int columns : new int[] {120, 80, 60, 40}) {
      List<String> lines = text.lines(new Screen.Size(columns, 24));
      assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThan(columns));
      assertThat(String.join(" ", lines).replaceAll(" +", " "))
          .isEqualTo(whole.replaceAll(" +", " "));
    }
    assertThat(shown(80, Letters.ASCII)).hasSize(2);
  }

  @Test
  void beforeAnEpochEndedThereIsNothingToStandAgainst() {
    assertThat(shown(200, Letters.ASCII).get(0)).doesNotContain("best", "flips", "zeros");
  }

  @Test
  void aRunOfFloatsHasNoFlips() {
    live.trains(List.of(ParameterSpec.floats("w", List.of(10))));
    live.ended(epoch(1, 0.9, List.of()));
    assertThat(shown(200, Letters.ASCII).get(0))
        .contains("test 90.00 % (best)")
        .doesNotContain("flips");
  }
}
