package org.bitloom.session.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bitloom.bits.RandomStreams;
import org.bitloom.data.Augmentation;
import org.bitloom.data.ImageSet;
import org.bitloom.model.Normalization;
import org.bitloom.model.Normalization.MeanImage;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.ToySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches must be those of a plain loop, whenever and by whomever they are prepared. */
class PrefetchTest {
  private static final long SEED = 7;
  private static final int EPOCH = 3;
  private static final Augmentation AUGMENTATION = Augmentation.parse("shift25+flip");

  private final ImageSet images = ToyImages.SMALL.data().train();
  private final Normalization normalization = normalization();
  private final int[] order = Samples.of(600, settings()).order(SEED, EPOCH);

  private static RunSettings settings() {
    return ToySettings.of(Path.of("data"));
  }

  private Normalization normalization() {
    float[] mean = new float[images.imageSize()];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = i;
    }
    return new MeanImage(mean, 50);
  }

  /** Prepares one image as the specification says, without feed and batch. */
  private float[] expected(int sample) {
    byte[] changed = new byte[images.imageSize()];
    long epochSeed = RandomStreams.derive(SEED, "augmentation/" + EPOCH);
    SplittableRandom random = new SplittableRandom(RandomStreams.mix(epochSeed, sample));
    AUGMENTATION.apply(images, sample, random, changed);
    float[] input = new float[changed.length];
    for (int i = 0; i < input.length; i++) {
      input[i] = ((changed[i] & 0xff) - i) / 50f;
    }
    return input;
  }

  private List<float[]> prefetched(int batchSize, int firstBatch) {
    ImageFeed feed = new ImageFeed(images, normalization, AUGMENTATION);
    List<float[]> seen = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager();
        Prefetch prefetch = new Prefetch(feed, batchSize)) {
      feed.beginEpoch(SEED, EPOCH);
      prefetch.begin(order, firstBatch);
      for (int from = firstBatch * batchSize; from < order.length; from += batchSize) {
        Batch batch = prefetch.next();
        float[] inputs = batch.inputs(manager).toFloatArray();
        assertThat(batch.count()).isEqualTo(Math.min(batchSize, order.length - from));
        for (int b = 0; b < batch.count(); b++) {
          assertThat(batch.label(b)).isEqualTo(images.labels()[order[from + b]]);
          int size = images.imageSize();
          seen.add(Arrays.copyOfRange(inputs, b * size, (b + 1) * size));
        }
      }
    }
    return seen;
  }

  @ParameterizedTest(name = "batches of {0}")
  @ValueSource(ints = {1, 7, 64, 539, 540})
  void batchesHoldTheImagesOfAPlainLoop(int batchSize) {
    List<float[]> seen = prefetched(batchSize, 0);
    assertThat(seen).hasSize(order.length);
    for (int i = 0; i < order.length; i++) {
      assertThat(seen.get(i)).as("image %d", i).isEqualTo(expected(order[i]));
    }
  }

  @Test
  void anEpochEnteredInTheMiddleGoesOnWithTheSameImages() {
    List<float[]> seen = prefetched(50, 5);
    assertThat(seen).hasSize(order.length - 250);
    for (int i = 0; i < seen.size(); i++) {
      assertThat(seen.get(i)).isEqualTo(expected(order[250 + i]));
    }
  }

  @Test
  void aPassMayBeginAnewBeforeTheLastOneEnded() {
    ImageFeed feed = new ImageFeed(images, normalization);
    try (Prefetch prefetch = new Prefetch(feed, 10)) {
      prefetch.begin(order, 0);
      prefetch.next();
      prefetch.begin(new int[] {5}, 0);
      assertThat(prefetch.next().count()).isEqualTo(1);
    }
  }

  @Test
  void aFailureOfThePreparationReachesTheCaller() {
    ImageFeed feed = new ImageFeed(images, normalization);
    try (Prefetch prefetch = new Prefetch(feed, 1)) {
      prefetch.begin(new int[] {images.count()}, 0);
      assertThatThrownBy(prefetch::next)
          .isInstanceOf(IllegalStateException.class)
          .hasCauseInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
