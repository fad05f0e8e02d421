package org.bitloom.bench.device;

import java.util.SplittableRandom;
import org.bitloom.data.DataSet;
import org.bitloom.data.ImageSet;

/** Noise in the form of CIFAR-10: what a step costs does not depend on the images. */
final class MadeUpImages {
  static final int CHANNELS = 3;
  static final int SIDE = 32;
  static final int CLASSES = 10;

  private MadeUpImages() {}

  /** Returns the same data for the same count. */
  static DataSet of(int count) {
    SplittableRandom random = new SplittableRandom(1);
    byte[] pixels = new byte[count * CHANNELS * SIDE * SIDE];
    random.nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(CLASSES);
    }
    ImageSet images = new ImageSet(pixels, labels, CHANNELS, SIDE, SIDE, CLASSES);
    return new DataSet("noise", images, images, DataSet.numbered(CLASSES), "0".repeat(64));
  }
}
