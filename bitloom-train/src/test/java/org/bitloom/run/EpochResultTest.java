package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.bitloom.model.ClassAccuracy;
import org.bitloom.model.WeightCounts;
import org.bitloom.run.EpochResult.Score;
import org.junit.jupiter.api.Test;

final class EpochResultTest {
  private static EpochResult result(double train, double test, double... shares) {
    ClassAccuracy perClass =
        new ClassAccuracy(DoubleStream.of(shares).mapToObj(OptionalDouble::of).toList());
    return new EpochResult(
        1,
        new Score(1, train),
        Optional.empty(),
        new Score(1, test),
        perClass,
        new WeightCounts(1, 0, 1));
  }

  @Test
  void aNetworkThatAlwaysNamesOneClassAnswersByChance() {
    assertThat(result(0.11, 0.1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0).isByChance()).isTrue();
    assertThat(result(0.25, 0.25, 1, 0, 0, 0).isByChance()).isTrue();
  }

  @Test
  void aFrequentClassNamedAlwaysIsChanceToo() {
    assertThat(result(0.9, 0.9, 1, 0).isByChance()).isTrue();
  }

  @Test
  void aLittleLearnedIsNotChance() {
    assertThat(result(0.2, 0.13, 0, 0, 0.3, 0, 0, 1, 0, 0, 0, 0).isByChance()).isFalse();
  }

  @Test
  void whatWasLearnedByHeartIsNotChance() {
    assertThat(result(0.99, 0.5, 0.5, 0.5).isByChance()).isFalse();
  }

  @Test
  void withoutClassesNothingIsSaid() {
    assertThat(result(0, 0).isByChance()).isFalse();
    assertThat(result(1, 1, 1).isByChance()).isFalse();
  }
}
