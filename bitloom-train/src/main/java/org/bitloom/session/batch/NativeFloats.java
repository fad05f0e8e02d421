package org.bitloom.session.batch;

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
public final class NativeFloats {
  private final ByteBuffer memory;
  private final FloatBuffer floats;

  /** Takes memory for {@code size} floats; it is given back when nobody uses it. */
  public NativeFloats(int size) {
    memory = ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES));
    floats = memory.order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Returns the memory of an array on the processor; valid until the array is closed. */
  public static FloatBuffer of(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Returns the memory, all of it. */
  public FloatBuffer floats() {
    return floats;
  }

  /** Returns the first floats as an array; owned by the manager. */
  public NDArray array(NDManager manager, Shape shape) {
    ByteBuffer filled = memory.slice(0, Math.toIntExact(shape.size() * Float.BYTES));
    return manager.create(filled.order(ByteOrder.nativeOrder()), shape, DataType.FLOAT32);
  }
}
