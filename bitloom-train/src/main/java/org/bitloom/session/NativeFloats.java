package org.bitloom.session;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Floats in native memory that is filled again and again.
 *
 * <p>The engine reads the memory in place: it must not be filled again before the engine has
 * finished with it, which on the CPU is at the end of a step.
 */
final class NativeFloats {
  private final ByteBuffer memory;
  private final FloatBuffer floats;

  NativeFloats(int size) {
    memory = ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES));
    floats = memory.order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  FloatBuffer floats() {
    return floats;
  }

  /** Returns the first floats as an array; owned by the manager. */
  NDArray array(NDManager manager, Shape shape) {
    ByteBuffer filled = memory.slice(0, Math.toIntExact(shape.size() * Float.BYTES));
    return manager.create(filled.order(ByteOrder.nativeOrder()), shape, DataType.FLOAT32);
  }
}
