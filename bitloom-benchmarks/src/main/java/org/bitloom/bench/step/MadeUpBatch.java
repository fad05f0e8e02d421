package org.bitloom.bench.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/** Makes one batch of noise in the shape of images: what a step costs does not depend on them. */
final class MadeUpBatch {
  private final NDArray inputs;
  private final NDArray labels;

  /**
   * Draws a batch, always the same for the same shape; the manager owns it.
   *
   * @param images {@code [batch, ...]}; pixels are -1..1
   * @param classes labels are 0..classes-1
   */
  MadeUpBatch(NDManager manager, Shape images, int classes) {
    SplittableRandom random = new SplittableRandom(1);
    float[] pixels = new float[(int) images.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (2 * random.nextDouble() - 1);
    }
    inputs = manager.create(pixels, images);
    labels = manager.create(random.longs(images.get(0), 0, classes).toArray());
  }

  /** Returns a copy of the images that ends with the scope, and all that is computed from it. */
  NDArray inputs(NDManager scope) {
    return copy(inputs, scope);
  }

  /** Returns a copy of the labels that ends with the scope. */
  NDArray labels(NDManager scope) {
    return copy(labels, scope);
  }

  private static NDArray copy(NDArray array, NDManager scope) {
    NDArray copy = array.duplicate();
    copy.attach(scope);
    return copy;
  }
}
