package org.bitloom.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.bitloom.images.choice.ImageSize;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class AreaAverageTest {
  @Test
  void anImageOfTheWantedSizeStaysAsItIs() {
    byte[] planes = {1, 2, 3, 4};
    ImageSize size = new ImageSize(2, 2);
    assertThat(AreaAverage.scale(planes, size, size)).isSameAs(planes);
  }

  @Test
  void everyPixelIsTheMeanOfTheAreaItCovers() {
    int[][] cases = {
      {8, 6, 4, 3}, {7, 5, 3, 2}, {64, 48, 9, 7}, {5, 4, 10, 8}, {3, 3, 7, 5}, {9, 1, 1, 1}
    };
    for (int channels : new int[] {1, 3}) {
      for (int[] at : cases) {
        byte[] planes = noise(channels * at[0] * at[1]);
        byte[] scaled =
            AreaAverage.scale(planes, new ImageSize(at[0], at[1]), new ImageSize(at[2], at[3]));
        assertThat(scaled).hasSize(channels * at[2] * at[3]);
        for (int i = 0; i < scaled.length; i++) {
          assertThat((double) (scaled[i] & 0xff))
              .as("%sx%s to %sx%s, place %s", at[0], at[1], at[2], at[3], i)
              .isCloseTo(mean(planes, at, i), Offset.offset(0.51));
        }
      }
    }
  }

  /**
   * Stripes of one pixel must become grey; a scaler that takes single pixels makes other stripes.
   */
  @Test
  void finePatternsBecomeGreyAndNotOtherPatterns() {
    byte[] stripes = new byte[60 * 60];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = (byte) (i % 2 == 0 ? 255 : 0);
    }
    byte[] scaled = AreaAverage.scale(stripes, new ImageSize(60, 60), new ImageSize(10, 10));
    for (byte value : scaled) {
      assertThat(value & 0xff).isBetween(127, 128);
    }
  }

  private static byte[] noise(int length) {
    SplittableRandom random = Seeds.random("area");
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  /** Weighs every source pixel by the area it shares with the wanted one. */
  private static double mean(byte[] planes, int[] at, int place) {
    int channel = place / (at[2] * at[3]);
    int x = place % at[2];
    int y = place / at[2] % at[3];
    double sum = 0;
    double area = 0;
    for (int fromY = 0; fromY < at[1]; fromY++) {
      double high = shared(fromY, y * (double) at[1] / at[3], (y + 1) * (double) at[1] / at[3]);
      for (int fromX = 0; fromX < at[0]; fromX++) {
        double wide = shared(fromX, x * (double) at[0] / at[2], (x + 1) * (double) at[0] / at[2]);
        sum += high * wide * (planes[(channel * at[1] + fromY) * at[0] + fromX] & 0xff);
        area += high * wide;
      }
    }
    return sum / area;
  }

  private static double shared(int pixel, double from, double to) {
    return Math.max(0, Math.min(pixel + 1, to) - Math.max(pixel, from));
  }
}
