package org.bitloom.session.batch;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.bitloom.bits.RandomStreams;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.model.Normalization.MeanImage;
import org.bitloom.settings.RunSettings;

/**
 * Which samples of the training part a run trains on and which it holds out, as indices.
 *
 * @param training at least one
 * @param validation possibly none
 */
@SuppressWarnings("ArrayRecordComponent") // indices, compared by nobody
public record Samples(int[] training, int[] validation) {

  /** Shuffles by the seed, keeps the first {@code limit}, holds out the last of those. */
  public static Samples of(int count, RunSettings settings) {
    int[] all = new int[count];
    Arrays.setAll(all, i -> i);
    shuffle(all, RandomStreams.of(settings.seed(), "samples"));
    int kept = settings.data().limit() == 0 ? count : settings.data().limit();
    if (kept > count) {
      throw new UsageException(
          "limit must be at most the " + count + " training samples, got " + kept, "lower --limit");
    }
    int held = (int) Math.round(kept * settings.data().validation());
    if (settings.data().validation() > 0 && (held == 0 || held == kept)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "validation must hold out 1 to %d of %d samples, %s of them is %d",
              kept - 1,
              kept,
              settings.data().validation(),
              held),
          "try --validation 0.1");
    }
    Samples samples =
        new Samples(Arrays.copyOf(all, kept - held), Arrays.copyOfRange(all, kept - held, kept));
    if (settings.batch() > samples.training().length) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "batch must be at most the %d training samples, got %d",
              samples.training().length,
              settings.batch()),
          "lower --batch");
    }
    return samples;
  }

  /** Returns the training samples in the order of an epoch. */
  public int[] order(long seed, int epoch) {
    int[] order = training.clone();
    shuffle(order, RandomStreams.of(seed, "epoch/" + epoch));
    return order;
  }

  private static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = values[i];
      values[i] = values[j];
      values[j] = swap;
    }
  }

  /** Returns the mean image of the training samples and one deviation over all their pixels. */
  public MeanImage normalization(ImageSet images) {
    int size = images.imageSize();
    long[] sums = new long[size];
    long squares = 0;
    byte[] pixels = images.pixels();
    for (int sample : training) {
      int at = sample * size;
      for (int i = 0; i < size; i++) {
        int pixel = pixels[at + i] & 0xff;
        sums[i] += pixel;
        squares += (long) pixel * pixel;
      }
    }
    double count = training.length;
    float[] mean = new float[size];
    double total = 0;
    for (int i = 0; i < size; i++) {
      mean[i] = (float) (sums[i] / count);
      total += sums[i];
    }
    double overall = total / (count * size);
    double variance = squares / (count * size) - overall * overall;
    return new MeanImage(mean, variance > 0 ? (float) Math.sqrt(variance) : 1);
  }
}
