package org.bitloom.session.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bitloom.data.ImageSet;
import org.bitloom.model.Mistake;

/** Normalized images and their labels, filled again and again. */
public final class Batch {
  /** A way to a device. */
  public interface Copy {
    /** Returns what owns arrays of this machine. */
    NDManager host();

    /** Returns what owns arrays of the device. */
    NDManager device();

    /** Copies one of this machine into one of the device, of the same shape. */
    void copy(NDArray from, NDArray to);
  }

  private final int channels;
  private final int height;
  private final int width;
  private final NativeFloats inputs;
  private final int[] labels;
  private int count;
  private List<NDArray> sent = List.of();

  public Batch(ImageSet images, int largest) {
    channels = images.channels();
    height = images.height();
    width = images.width();
    inputs = new NativeFloats(Math.multiplyExact(largest, images.imageSize()));
    labels = new int[largest];
  }

  /** Empties the batch. */
  void clear() {
    count = 0;
  }

  /** Adds an image, {@code [channels, height, width]}, and its label. */
  void add(float[] image, int label) {
    inputs.floats().put(count * image.length, image);
    labels[count] = label;
    count++;
  }

  /** Returns the number of images. */
  public int count() {
    return count;
  }

  /** Returns the label of an image, 0..count-1. */
  public int label(int image) {
    return labels[image];
  }

  /**
   * Returns the inputs, {@code [count, channels, height, width]}, which hold until the batch is
   * filled again; owned by the manager.
   */
  public NDArray inputs(NDManager manager) {
    return inputs.array(manager, new Shape(count, channels, height, width));
  }

  /** Copies inputs and labels to a device, in place of those copied before. */
  public void send(Copy copy) {
    NDManager device = copy.device();
    if (sent.isEmpty() || sent.get(1).size() != count) {
      forget();
      sent =
          List.of(
              device.zeros(new Shape(count, channels, height, width)),
              device.zeros(new Shape(count), DataType.INT64));
    }
    long[] wide = new long[count];
    Arrays.setAll(wide, b -> labels[b]);
    try (NDArray images = inputs(copy.host());
        NDArray answers = copy.host().create(wide)) {
      copy.copy(images, deviceInputs());
      copy.copy(answers, deviceLabels());
    }
  }

  /** Returns the inputs on the device. */
  public NDArray deviceInputs() {
    return sent.get(0);
  }

  /** Returns the labels on the device, {@code [count]}. */
  public NDArray deviceLabels() {
    return sent.get(1);
  }

  /** Frees the copies on the device. */
  public void forget() {
    sent.forEach(NDArray::close);
    sent = List.of();
  }

  /** Counts the rows of {@code logits}, {@code [count, classes]}, whose largest is the label. */
  public int correct(NDArray logits) {
    int[] answers = answers(logits);
    int correct = 0;
    for (int b = 0; b < count; b++) {
      correct += answers[b] == labels[b] ? 1 : 0;
    }
    return correct;
  }

  /** Returns where the largest of each row of {@code logits}, {@code [count, classes]}, stands. */
  public int[] answers(NDArray logits) {
    FloatBuffer rows = NativeFloats.of(logits);
    int classes = rows.remaining() / count;
    int[] answers = new int[count];
    for (int b = 0; b < count; b++) {
      for (int c = 1; c < classes; c++) {
        if (rows.get(b * classes + c) > rows.get(b * classes + answers[b])) {
          answers[b] = c;
        }
      }
    }
    return answers;
  }

  /**
   * Describes a row of {@code logits} that was answered wrong; empty if it is no finite numbers.
   *
   * @param row of the batch
   * @param sample number of the row in its data
   * @param answer class with the largest number
   */
  public Optional<Mistake> mistake(NDArray logits, int row, int sample, int answer) {
    FloatBuffer rows = NativeFloats.of(logits);
    float[] scores = new float[rows.remaining() / count];
    rows.get(row * scores.length, scores);
    for (float score : scores) {
      if (!Float.isFinite(score)) {
        return Optional.empty();
      }
    }
    return Optional.of(Mistake.of(sample, labels[row], answer, scores));
  }
}
