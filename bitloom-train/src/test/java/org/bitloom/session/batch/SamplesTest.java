package org.bitloom.session.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.bitloom.data.ImageSet;
import org.bitloom.model.Normalization.MeanImage;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.ToySettings;
import org.bitloom.testkit.Tolerances;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final Path DATA = Path.of("data");

  private static Samples samples(int count, Map<String, Object> settings) {
    return Samples.of(count, ToySettings.of(DATA, settings));
  }

  @Test
  void trainingAndHeldOutSamplesShareNothingAndLeaveNothingOut() {
    Samples samples = samples(600, Map.of("validation", 0.25));
    assertThat(samples.validation()).hasSize(150);
    int[] all =
        IntStream.concat(Arrays.stream(samples.training()), Arrays.stream(samples.validation()))
            .sorted()
            .toArray();
    assertThat(all).isEqualTo(IntStream.range(0, 600).toArray());
  }

  @Test
  void aLimitKeepsTheFirstOfTheSameShuffle() {
    Samples all = samples(600, Map.of("validation", 0.0));
    Samples limited = samples(600, Map.of("validation", 0.0, "limit", 100L));
    assertThat(limited.training()).isEqualTo(Arrays.copyOf(all.training(), 100));
    assertThat(limited.training()).isNotEqualTo(IntStream.range(0, 100).toArray());
  }

  @Test
  void everyEpochHasAnOrderOfItsOwnThatTheSeedRepeats() {
    Samples samples = samples(600, Map.of());
    int[] first = samples.order(1, 1);
    assertThat(samples.order(1, 1)).isEqualTo(first);
    assertThat(samples.order(1, 2)).isNotEqualTo(first).containsExactlyInAnyOrder(first);
    assertThat(samples.order(2, 1)).isNotEqualTo(first).containsExactlyInAnyOrder(first);
  }

  @Test
  void normalizationSeesTrainingSamplesOnly() {
    ImageSet images = ToyImages.SMALL.data().train();
    Samples samples = samples(images.count(), Map.of());
    MeanImage found = samples.normalization(images);
    double[] mean = new double[images.imageSize()];
    double total = 0;
    for (int sample : samples.training()) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += pixel(images, sample, i) / samples.training().length;
        total += pixel(images, sample, i);
      }
    }
    double overall = total / ((double) samples.training().length * mean.length);
    double squares = 0;
    for (int sample : samples.training()) {
      for (int i = 0; i < mean.length; i++) {
        squares += Math.pow(pixel(images, sample, i) - overall, 2);
      }
    }
    double deviation = Math.sqrt(squares / ((double) samples.training().length * mean.length));
    assertThat(found.deviation() / deviation)
        .isBetween(1 - Tolerances.FLOAT_CHAIN, 1 + Tolerances.FLOAT_CHAIN);
    for (int i = 0; i < mean.length; i++) {
      assertThat(found.mean()[i] / mean[i])
          .isBetween(1 - Tolerances.FLOAT_CHAIN, 1 + Tolerances.FLOAT_CHAIN);
    }
  }

  private static double pixel(ImageSet images, int sample, int i) {
    return images.pixels()[sample * images.imageSize() + i] & 0xff;
  }

  @Test
  void imagesOfOneGreyAreNotDividedByZero() {
    ImageSet grey = new ImageSet(new byte[4 * 9], new byte[] {0, 1, 0, 1}, 1, 3, 3, 2);
    Samples samples = samples(4, Map.of("validation", 0.0, "batch", 1L));
    assertThat(samples.normalization(grey).deviation()).isEqualTo(1);
  }
}
