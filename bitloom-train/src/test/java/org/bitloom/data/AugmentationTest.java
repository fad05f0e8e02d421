package org.bitloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.bitloom.error.UsageException;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
  private static final int HEIGHT = 20;
  private static final int WIDTH = 30;
  private static final int SIZE = 2 * HEIGHT * WIDTH;

  /** Draws two images of two channels whose pixels are noise. */
  private static ImageSet images() {
    byte[] pixels = new byte[2 * SIZE];
    Seeds.random().nextBytes(pixels);
    return new ImageSet(pixels, new byte[] {0, 1}, 2, HEIGHT, WIDTH, 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "flip", "shift10", "shift10+flip", "shift50", "crop4", "crop4+flip"})
  void textFormsAreReadAndPrintedAlike(String text) {
    assertThat(Augmentation.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shift",
        "shift51",
        "shift10+shift5",
        "flip+flip",
        "flip+",
        "none+flip",
        "x",
        "crop",
        "crop4+crop2",
        "shift10+crop4",
        "crop4+shift10",
        "crop-1"
      })
  void otherTextsAreUsageErrors(String text) {
    assertThatThrownBy(() -> Augmentation.parse(text)).isInstanceOf(UsageException.class);
  }

  @Test
  void noAugmentationCopiesTheImage() {
    ImageSet images = images();
    byte[] out = new byte[SIZE];
    Augmentation.NONE.apply(images, 1, Seeds.random(), out);
    for (int i = 0; i < SIZE; i++) {
      assertThat(out[i]).isEqualTo(images.pixels()[SIZE + i]);
    }
  }

  /** Finds the change by trying all of them: each result must be exactly one of 5 x 7 x 2. */
  @Test
  void everyChangeIsAShiftOfAtMostTenPercentWithOrWithoutAMirror() {
    ImageSet images = images();
    SplittableRandom random = Seeds.random("draws");
    Map<String, Integer> counts = new TreeMap<>();
    byte[] out = new byte[SIZE];
    int draws = 7000;
    for (int draw = 0; draw < draws; draw++) {
      Augmentation.parse("shift10+flip").apply(images, 1, random, out);
      counts.merge(explain(images, out), 1, Integer::sum);
    }
    assertThat(counts).hasSize(5 * 7 * 2);
    // 100 of each on average; 40 is six standard deviations away
    assertThat(counts.values()).allMatch(count -> count > 40 && count < 160);
  }

  private static String explain(ImageSet images, byte[] out) {
    for (int down = -2; down <= 2; down++) {
      for (int right = -3; right <= 3; right++) {
        for (boolean mirror : new boolean[] {false, true}) {
          if (equals(images, out, down, right, mirror)) {
            return down + " " + right + " " + mirror;
          }
        }
      }
    }
    throw new AssertionError("no shift and mirror gives this image");
  }

  private static boolean equals(ImageSet images, byte[] out, int down, int right, boolean mirror) {
    for (int channel = 0; channel < 2; channel++) {
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          int fromY = Math.min(HEIGHT - 1, Math.max(0, y - down));
          int column = mirror ? WIDTH - 1 - x : x;
          int fromX = Math.min(WIDTH - 1, Math.max(0, column - right));
          int from = SIZE + (channel * HEIGHT + fromY) * WIDTH + fromX;
          if (out[(channel * HEIGHT + y) * WIDTH + x] != images.pixels()[from]) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Every one of 5 x 5 x 2 ways to cut the image out of itself within two rows of zeros. */
  @Test
  void aCropShowsTheImageMovedByAtMostThatManyPixelsWithZerosAround() {
    ImageSet images = images();
    SplittableRandom random = Seeds.random("crops");
    Map<String, Integer> counts = new TreeMap<>();
    byte[] out = new byte[SIZE];
    for (int draw = 0; draw < 5000; draw++) {
      Augmentation.parse("crop2+flip").apply(images, 1, random, out);
      counts.merge(cropped(images, out), 1, Integer::sum);
    }
    assertThat(counts).hasSize(5 * 5 * 2);
    assertThat(counts.values()).allMatch(count -> count > 40 && count < 160);
  }

  private static String cropped(ImageSet images, byte[] out) {
    for (int down = -2; down <= 2; down++) {
      for (int right = -2; right <= 2; right++) {
        for (boolean mirror : new boolean[] {false, true}) {
          if (isCrop(images, out, down, right, mirror)) {
            return down + " " + right + " " + mirror;
          }
        }
      }
    }
    throw new AssertionError("no crop and mirror gives this image");
  }

  private static boolean isCrop(ImageSet images, byte[] out, int down, int right, boolean mirror) {
    for (int at = 0; at < SIZE; at++) {
      int channel = at / (HEIGHT * WIDTH);
      int x = at % WIDTH;
      int fromY = at / WIDTH % HEIGHT - down;
      int fromX = (mirror ? WIDTH - 1 - x : x) - right;
      boolean inside = fromY >= 0 && fromY < HEIGHT && fromX >= 0 && fromX < WIDTH;
      int from = SIZE + (channel * HEIGHT + fromY) * WIDTH + fromX;
      if (out[at] != (inside ? images.pixels()[from] : 0)) {
        return false;
      }
    }
    return true;
  }

  @Test
  void aCropThatMayShowLessThanHalfOfAnImageIsWrongUsage() {
    Augmentation.parse("crop10").checkFits(images());
    assertThatThrownBy(() -> Augmentation.parse("crop11").checkFits(images()))
        .isInstanceOf(UsageException.class)
        .hasMessage("crop must be at most half of an image, 10 pixels at 30x20, got 11");
  }
}
