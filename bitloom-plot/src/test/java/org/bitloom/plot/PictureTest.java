package org.bitloom.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTest {
  @Test
  void masksOfTopBitsMakeTheAccuracyPictureOnly() {
    assertThat(Picture.applicableTo(Samples.paper().points())).containsExactly(Picture.ACCURACY);
  }

  @Test
  void allMasksOfADepthMakeAllPictures() {
    assertThat(Picture.applicableTo(Samples.every(4, 1).points()))
        .containsExactly(Picture.ACCURACY, Picture.EVERY, Picture.SINGLE);
  }

  @Test
  void singleBitsMakeTheBarsOnlyAlthoughTheSignIsATopBit() {
    assertThat(Picture.applicableTo(Samples.single(8, 2).points())).containsExactly(Picture.SINGLE);
  }

  @Test
  void aLonePointOfTopBitsIsDrawnWhenNothingElseIs() {
    assertThat(Picture.applicableTo(List.of(Samples.point(4, "1100", "", 1, 90, 90))))
        .containsExactly(Picture.ACCURACY);
  }

  @Test
  void nothingAppliesToNoPointsOrToOddMasksOnly() {
    assertThat(Picture.applicableTo(List.of())).isEmpty();
    assertThat(
            Picture.applicableTo(
                List.of(
                    Samples.point(4, "0111", "", 1, 90, 90),
                    Samples.point(4, "0010", "", 1, 90, 90))))
        .isEmpty();
  }

  @Test
  void topAndBottomMasksAreNotTakenForEveryMask() {
    List<SweepPoint> points = new ArrayList<>();
    for (int bits = 1; bits <= 4; bits++) {
      points.add(Samples.point(4, Samples.top(4, bits), "", 1, 90, 90));
      points.add(Samples.point(4, "0".repeat(4 - bits) + "1".repeat(bits), "", 1, 90, 90));
    }
    assertThat(Picture.applicableTo(points)).containsExactly(Picture.ACCURACY);
  }

  @Test
  void halvesOfTwoGroupsDoNotMakeAWhole() {
    List<SweepPoint> points = new ArrayList<>();
    for (SweepPoint point : Samples.every(4, 1).points()) {
      String group = point.mask().startsWith("1") ? "lr 0.1" : "lr 0.2";
      points.add(new SweepPoint(4, point.mask(), group, 1, point.accuracy(), point.nonZeroShare()));
    }
    assertThat(Picture.applicableTo(points)).doesNotContain(Picture.EVERY);
  }

  @Test
  void aSweepThatLacksAFewFailedRunsIsStillEveryMask() {
    List<SweepPoint> points = Samples.every(4, 1).points();
    assertThat(Picture.applicableTo(points.subList(0, 12))).contains(Picture.EVERY);
    assertThat(Picture.applicableTo(points.subList(0, 11))).doesNotContain(Picture.EVERY);
  }
}
