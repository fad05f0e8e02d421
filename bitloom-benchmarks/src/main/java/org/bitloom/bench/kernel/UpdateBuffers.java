package org.bitloom.bench.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/**
 * A gradient and weights in native memory, where the engine keeps them.
 *
 * @param gradient of random numbers as small as real ones
 * @param weight replaced by every update
 */
public record UpdateBuffers(FloatBuffer gradient, FloatBuffer weight) {
  private static final double DEVIATION = 1e-4;

  /** Draws a gradient for {@code size} weights. */
  public static UpdateBuffers of(int size) {
    UpdateBuffers buffers = new UpdateBuffers(direct(size), direct(size));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < size; i++) {
      buffers.gradient.put(i, (float) (DEVIATION * (2 * random.nextDouble() - 1)));
    }
    return buffers;
  }

  private static FloatBuffer direct(int size) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(Float.BYTES * size);
    return bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  public int size() {
    return weight.capacity();
  }
}
