package org.bitloom.io;

/** Names the element types of a safetensors file; the names are those in the file. */
public enum TensorType {
  BOOL(1, byte[].class),
  U8(1, byte[].class),
  I8(1, byte[].class),
  F8_E5M2(1, byte[].class),
  F8_E4M3(1, byte[].class),
  I16(2, short[].class),
  U16(2, short[].class),
  F16(2, short[].class),
  BF16(2, short[].class),
  I32(4, int[].class),
  U32(4, int[].class),
  F32(4, float[].class),
  F64(8, double[].class),
  I64(8, long[].class),
  U64(8, long[].class);

  private final int bytes;
  private final Class<?> array;

  TensorType(int bytes, Class<?> array) {
    this.bytes = bytes;
    this.array = array;
  }

  /** Returns the size of one element in bytes: 1, 2, 4 or 8. */
  public int bytes() {
    return bytes;
  }

  /** Returns the class of the Java array that holds such elements, unsigned ones as raw bits. */
  public Class<?> array() {
    return array;
  }
}
