package org.bitloom.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bitloom.data.ImageSet;

/**
 * Normalized images and their labels in native memory that is reused.
 *
 * <p>The engine reads the memory in place: it must not be filled again before the engine has
 * finished with it, which on the CPU is at the end of a step.
 */
final class Batch {
  private final int channels;
  private final int height;
  private final int width;
  private final ByteBuffer inputs;
  private final ByteBuffer labels;
  private int count;

  Batch(ImageSet images, int largest) {
    channels = images.channels();
    height = images.height();
    width = images.width();
    inputs = direct(Math.multiplyExact(largest * Float.BYTES, images.imageSize()));
    labels = direct(largest * Long.BYTES);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Empties the batch. */
  void clear() {
    count = 0;
  }

  /** Adds an image, {@code [channels, height, width]}, and its label. */
  void add(float[] image, int label) {
    inputs.asFloatBuffer().put(count * image.length, image);
    labels.putLong(count * Long.BYTES, label);
    count++;
  }

  int count() {
    return count;
  }

  /** Returns the inputs, {@code [count, channels, height, width]}; owned by the manager. */
  NDArray inputs(NDManager manager) {
    Shape shape = new Shape(count, channels, height, width);
    ByteBuffer filled = inputs.slice(0, Math.toIntExact(shape.size() * Float.BYTES));
    return manager.create(filled.order(ByteOrder.nativeOrder()), shape, DataType.FLOAT32);
  }

  /** Returns the labels, {@code [count]}; owned by the manager. */
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
