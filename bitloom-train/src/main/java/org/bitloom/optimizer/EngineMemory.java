package org.bitloom.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Locale;

/** Reaches the memory of engine arrays in place. */
final class EngineMemory {
  private EngineMemory() {}

  /** Returns the memory of a CPU array; valid until it is closed or given other storage. */
  static FloatBuffer floats(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Checks that a parameter can be changed in place. */
  static void check(String name, NDArray weight) {
    if (weight.getDevice().isGpu() || weight.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "parameter %s must be FLOAT32 on the CPU, got %s on %s",
              name,
              weight.getDataType(),
              weight.getDevice()));
    }
    if (!isContiguous(weight)) {
      throw new IllegalArgumentException(
          "parameter "
              + name
              + " must be contiguous in memory, it is not; store a duplicate of it");
    }
  }

  /** Writes a value and reads it back: of other arrays the engine hands out copies. */
  private static boolean isContiguous(NDArray array) {
    FloatBuffer memory = floats(array);
    int before = Float.floatToRawIntBits(memory.get(0));
    memory.put(0, Float.intBitsToFloat(before ^ 1));
    boolean contiguous = Float.floatToRawIntBits(floats(array).get(0)) != before;
    memory.put(0, Float.intBitsToFloat(before));
    return contiguous;
  }
}
