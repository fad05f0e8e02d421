package org.bitloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bitloom.model.Normalization.MeanImage;
import org.bitloom.model.Normalization.PerChannel;
import org.bitloom.model.Normalization.Raw;
import org.bitloom.model.Normalization.Unit;
import org.junit.jupiter.api.Test;

class NormalizationTest {
  private static final byte[] PIXELS = {9, 0, (byte) 255, (byte) 128, 1, 9};

  private static float[] fed(Normalization way) {
    float[] inputs = new float[4];
    way.apply(PIXELS, 1, inputs);
    return inputs;
  }

  @Test
  void meanImageIsTakenAwayPixelByPixel() {
    assertThat(fed(new MeanImage(new float[] {1, 2, 3, 4}, 2)))
        .containsExactly(-0.5f, 126.5f, 62.5f, -1.5f);
  }

  @Test
  void unitDividesBy255() {
    assertThat(fed(new Unit())).containsExactly(0, 1, 128 / 255f, 1 / 255f);
  }

  @Test
  void rawLeavesPixelsAsTheyAre() {
    assertThat(fed(new Raw())).containsExactly(0, 255, 128, 1);
  }

  @Test
  void eachChannelHasItsOwnMeanAndDeviation() {
    PerChannel way = new PerChannel(new float[] {0.5f, 0.25f}, new float[] {0.5f, 2});
    assertThat(fed(way)).containsExactly(-1, 1, (128 / 255f - 0.25f) / 2, (1 / 255f - 0.25f) / 2);
  }

  @Test
  void meansOfChannelsMustBeAsManyAsTheInputHas() {
    PerChannel three = new PerChannel(new float[3], new float[] {1, 1, 1});
    assertThatThrownBy(() -> new Task(List.of(1, 2, 2), three, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input must have one channel per mean, that is 3, got the shape [1, 2, 2]");
  }

  @Test
  void meansAndDeviationsOfChannelsMustBeAsMany() {
    assertThatThrownBy(() -> new PerChannel(new float[2], new float[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 2 and 1");
  }

  @Test
  void aDeviationOfAChannelMustBeAboveZero() {
    assertThatThrownBy(() -> new PerChannel(new float[1], new float[] {0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("deviation must be finite and above 0");
  }

  @Test
  void everyWayRefusesAnInputWithoutPlaces() {
    for (Normalization way : List.of(new Unit(), new Raw(), Normalization.none(1))) {
      assertThatThrownBy(() -> new Task(List.of(1, 0), way, 2))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
