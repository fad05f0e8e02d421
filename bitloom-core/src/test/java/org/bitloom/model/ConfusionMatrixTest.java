package org.bitloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  /** Ninety of a frequent class, all found, and ten of a rare one, none found. */
  private final ConfusionMatrix imbalanced =
      ConfusionMatrix.of(3, new long[] {90, 0, 0, 10, 0, 0, 0, 0, 0});

  @Test
  void countsAreReadRowByRow() {
    ConfusionMatrix matrix = ConfusionMatrix.of(2, new long[] {3, 1, 2, 4});
    assertThat(matrix.count(0, 1)).isEqualTo(1);
    assertThat(matrix.samples(1)).isEqualTo(6);
    assertThat(matrix.total()).isEqualTo(10);
    assertThat(matrix.correct()).isEqualTo(7);
    assertThat(matrix.rows()).isEqualTo(List.of(List.of(3L, 1L), List.of(2L, 4L)));
  }

  @Test
  void aRareClassCountsAsMuchAsAFrequentOneInTheBalancedAccuracy() {
    assertThat(imbalanced.perClass().balanced()).hasValue(0.5);
    assertThat((double) imbalanced.correct() / imbalanced.total()).isEqualTo(0.9);
  }

  @Test
  void aClassWithoutSamplesHasNoAccuracy() {
    assertThat(imbalanced.perClass().json()).isEqualTo(Arrays.asList(1.0, 0.0, null));
    assertThat(imbalanced.perClass().shares().get(2)).isEmpty();
  }

  @Test
  void accuraciesSurviveJson() {
    ClassAccuracy perClass = imbalanced.perClass();
    assertThat(ClassAccuracy.parse(perClass.json())).isEqualTo(perClass);
  }

  @Test
  void whatIsNoShareIsRefused() {
    assertThatThrownBy(() -> ClassAccuracy.parse(List.of(1.5)))
        .hasMessage("accuracy of a class must be 0..1, got 1.5");
    assertThatThrownBy(() -> ClassAccuracy.parse(List.of("half")))
        .hasMessage("accuracy of a class must be a number or null, got half");
    assertThatThrownBy(() -> new ClassAccuracy(List.of(OptionalDouble.of(Double.NaN))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsOfAnotherSizeAreRefused() {
    assertThatThrownBy(() -> ConfusionMatrix.of(2, new long[3]))
        .hasMessage("counts must be classes x classes, got 3 for 2 classes");
  }
}
