package org.bitloom.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bitloom.data.ImageSet;
import org.bitloom.model.Normalization;

/**
 * Turns raw images into normalized engine arrays, one batch at a time, in memory that is reused.
 *
 * <p>A batch is valid until the next one is loaded; on the CPU the engine has finished with it by
 * the end of a step.
 */
final class ImageFeed {
  private final ImageSet images;
  private final float[] mean;
  private final float deviation;
  private final float[] image;
  private final ByteBuffer inputs;
  private final ByteBuffer labels;
  private int count;

  ImageFeed(ImageSet images, Normalization normalization, int largestBatch) {
    this.images = images;
    this.mean = normalization.mean();
    this.deviation = normalization.deviation();
    this.image = new float[images.imageSize()];
    this.inputs = direct(Math.multiplyExact(largestBatch * Float.BYTES, images.imageSize()));
    this.labels = direct(largestBatch * Long.BYTES);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  ImageSet images() {
    return images;
  }

  /** Loads the samples {@code order[from..from+size-1]}. */
  void load(int[] order, int from, int size) {
    count = size;
    byte[] pixels = images.pixels();
    for (int b = 0; b < size; b++) {
      int sample = order[from + b];
      int at = sample * image.length;
      for (int i = 0; i < image.length; i++) {
        image[i] = ((pixels[at + i] & 0xff) - mean[i]) / deviation;
      }
      inputs.asFloatBuffer().put(b * image.length, image);
      labels.putLong(b * Long.BYTES, images.labels()[sample] & 0xff);
    }
  }

  /** Returns the loaded inputs, {@code [count, channels, height, width]}; owned by the manager. */
  NDArray inputs(NDManager manager) {
    Shape shape = new Shape(count, images.channels(), images.height(), images.width());
    ByteBuffer filled = inputs.slice(0, count * image.length * Float.BYTES);
    return manager.create(filled.order(ByteOrder.nativeOrder()), shape, DataType.FLOAT32);
  }

  /** Returns the loaded labels, {@code [count]}; owned by the manager. */
  NDArray labels(NDManager manager) {
    ByteBuffer filled = labels.slice(0, count * Long.BYTES).order(ByteOrder.nativeOrder());
    return manager.create(filled, new Shape(count), DataType.INT64);
  }

  /** Counts the rows of {@code logits}, {@code [count, classes]}, whose largest is the label. */
  int correct(NDArray logits) {
    var rows = logits.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    int classes = rows.remaining() / count;
    int correct = 0;
    for (int b = 0; b < count; b++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        if (rows.get(b * classes + c) > rows.get(b * classes + best)) {
          best = c;
        }
      }
      correct += best == labels.getLong(b * Long.BYTES) ? 1 : 0;
    }
    return correct;
  }
}
