package org.bitloom.session.batch;

import java.util.SplittableRandom;
import org.bitloom.bits.RandomStreams;
import org.bitloom.data.Augmentation;
import org.bitloom.data.ImageSet;
import org.bitloom.model.Normalization;

/**
 * Turns raw images into normalized batches; used by one thread at a time.
 *
 * <p>An image is augmented by draws that depend on the seed, the epoch and the image alone, so it
 * does not matter when, in which batch or by which thread it is prepared.
 */
public final class ImageFeed {
  private final ImageSet images;
  private final Normalization normalization;
  private final Augmentation augmentation;
  private final float[] image;
  private final byte[] changed;
  private long seed;

  /** Feeds images as they are. */
  public ImageFeed(ImageSet images, Normalization normalization) {
    this(images, normalization, Augmentation.NONE);
  }

  public ImageFeed(ImageSet images, Normalization normalization, Augmentation augmentation) {
    this.images = images;
    this.normalization = normalization;
    this.augmentation = augmentation;
    this.image = new float[images.imageSize()];
    this.changed = new byte[images.imageSize()];
  }

  /** Returns the images it feeds. */
  public ImageSet images() {
    return images;
  }

  /** Draws augmentations anew. */
  public void beginEpoch(long runSeed, int epoch) {
    seed = RandomStreams.derive(runSeed, "augmentation/" + epoch);
  }

  /** Fills {@code batch} with the samples {@code order[from..from+size-1]}. */
  void load(int[] order, int from, int size, Batch batch) {
    batch.clear();
    for (int b = 0; b < size; b++) {
      int sample = order[from + b];
      if (augmentation.equals(Augmentation.NONE)) {
        normalization.apply(images.pixels(), sample * image.length, image);
      } else {
        SplittableRandom random = new SplittableRandom(RandomStreams.mix(seed, sample));
        augmentation.apply(images, sample, random, changed);
        normalization.apply(changed, 0, image);
      }
      batch.add(image, images.labels()[sample] & 0xff);
    }
  }
}
