package org.bitloom.session.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;

/**
 * Softmax cross-entropy, the mean over a batch.
 *
 * <p>The engine computes the logarithms of the probabilities and takes them back to the weights.
 * What lies between them and the loss, picking one per sample, is done here: as operations of the
 * engine it costs several times as much, and gives the same gradients to the bit.
 */
public final class CrossEntropy {
  private static final int CLASS_AXIS = -1;

  private NativeFloats slopes = new NativeFloats(0);

  /** Returns the logarithms of the probabilities, {@code [samples, classes]}, of logits. */
  public static NDArray logarithms(NDArray logits) {
    return logits.logSoftmax(CLASS_AXIS);
  }

  /** Returns the loss, given the logarithms of the batch. */
  public static double mean(NDArray logarithms, Batch batch) {
    FloatBuffer rows = NativeFloats.of(logarithms);
    int classes = rows.remaining() / batch.count();
    double sum = 0;
    for (int b = 0; b < batch.count(); b++) {
      sum -= rows.get(b * classes + batch.label(b));
    }
    return sum / batch.count();
  }

  /** Computes the gradients of the loss by all that the logarithms were made from. */
  public void backward(NDArray logarithms, Batch batch) {
    Shape shape = logarithms.getShape();
    int size = Math.toIntExact(shape.size());
    if (slopes.floats().capacity() < size) {
      slopes = new NativeFloats(size);
    }
    int count = batch.count();
    int classes = size / count;
    FloatBuffer rows = slopes.floats();
    for (int b = 0; b < count; b++) {
      for (int c = 0; c < classes; c++) {
        rows.put(b * classes + c, c == batch.label(b) ? -1f / count : 0);
      }
    }
    PtNDArray slope = (PtNDArray) slopes.array(logarithms.getManager(), shape);
    JniUtils.backward((PtNDArray) logarithms, slope, false, false);
  }
}
