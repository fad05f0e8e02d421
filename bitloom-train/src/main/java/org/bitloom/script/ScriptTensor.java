package org.bitloom.script;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where the elements of a tensor lie in an archive.
 *
 * @param storage name of the bytes that it views, alone or with other tensors
 * @param type of the elements as PyTorch calls it, such as {@code Float}
 * @param offset of the first element, at least 0
 * @param shape dimensions, none for a single number; 2^31-1 elements at most
 * @param strides from one index to the next, in elements; at least 0
 * @param trainable whether it asks for a gradient
 */
record ScriptTensor(
    String storage,
    String type,
    long offset,
    List<Integer> shape,
    List<Integer> strides,
    boolean trainable) {

  static final String FLOAT = "Float";

  private static final int MOST_DIMENSIONS = 64;

  /** Views may show elements of a storage several times: that often all together, and then some. */
  private static final long MOST_VIEWS = 8;

  private static final long FREE_BYTES = 1L << 26;

  ScriptTensor {
    if (shape.size() != strides.size() || shape.size() > MOST_DIMENSIONS || offset < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "tensor must have at most %d dimensions, a stride for each and begin in its storage,"
                  + " got %d and %d, beginning at %d",
              MOST_DIMENSIONS,
              shape.size(),
              strides.size(),
              offset));
    }
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
    long elements = 1;
    long last = offset;
    for (int d = 0; d < shape.size(); d++) {
      int length = shape.get(d);
      int stride = strides.get(d);
      elements *= Math.max(1, length); // also of a tensor without elements, of which others count
      if (length < 0 || stride < 0 || elements > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "tensor must have lengths and strides of 0 or more and at most 2147483647 elements,"
                + " got "
                + shape
                + " and "
                + strides);
      }
      last = Math.addExact(last, (long) Math.max(0, length - 1) * stride);
    }
  }

  /** Reads the arguments of {@code torch._utils._rebuild_tensor_v2}. */
  static ScriptTensor of(List<?> arguments) {
    ScriptStorage storage = ScriptStorage.of((Pickle.Reference) arguments.get(0));
    ScriptTensor tensor =
        new ScriptTensor(
            storage.name(),
            storage.type(),
            (Long) arguments.get(1),
            integers(arguments.get(2)),
            integers(arguments.get(3)),
            (Boolean) arguments.get(4));
    if (tensor.end() > storage.elements()) { // the engine would take what lies behind it in memory
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "tensor must lie within its storage %s of %d elements, got shape %s, strides %s,"
                  + " offset %d",
              storage.name(),
              storage.elements(),
              tensor.shape(),
              tensor.strides(),
              tensor.offset()));
    }
    return tensor;
  }

  private static List<Integer> integers(Object tuple) {
    return ((Pickle.Tuple) tuple).stream().map(number -> Math.toIntExact((Long) number)).toList();
  }

  /** Checks that views do not claim far more than the bytes that are there. */
  static void checkViews(List<ScriptTensor> tensors, long heldBytes) {
    if (tensors.size() > ScriptArchive.MOST_TENSORS) {
      throw new IllegalArgumentException(
          "module must have at most "
              + ScriptArchive.MOST_TENSORS
              + " tensors, got "
              + tensors.size());
    }
    long most = MOST_VIEWS * heldBytes + FREE_BYTES;
    long bytes = tensors.stream().mapToLong(ScriptTensor::bytes).sum();
    if (bytes > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "tensors must not claim many times the bytes of their storages, got %d bytes in %d",
              bytes,
              heldBytes));
    }
  }

  /** Returns the number of elements. */
  int size() {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  /** Returns the bytes of the elements. */
  long bytes() {
    return (long) size() * width();
  }

  /** Returns the place in the storage behind that of the last element. */
  private long end() {
    if (size() == 0) {
      return offset;
    }
    long last = offset;
    for (int d = 0; d < shape.size(); d++) {
      last += (long) (shape.get(d) - 1) * strides.get(d);
    }
    return last + 1;
  }

  /** Says whether the elements lie one behind the other, the last index running fastest. */
  boolean isContiguous() {
    long expected = 1;
    for (int d = shape.size() - 1; d >= 0; d--) {
      if (shape.get(d) > 1 && strides.get(d) != expected) {
        return false;
      }
      expected *= shape.get(d);
    }
    return true;
  }

  boolean isFloat() {
    return type.equals(FLOAT);
  }

  private int width() {
    return ScriptStorage.width(type);
  }

  /** Returns the places of the elements in the storage, the last index running fastest. */
  private int[] places() {
    int[] places = {Math.toIntExact(offset)};
    for (int d = 0; d < shape.size(); d++) {
      int length = shape.get(d);
      int[] longer = new int[Math.multiplyExact(places.length, length)];
      for (int i = 0; i < longer.length; i++) {
        longer[i] = Math.addExact(places[i / length], i % length * strides.get(d));
      }
      places = longer;
    }
    return places;
  }

  /** Returns the bytes of the elements, little-endian, the last index running fastest. */
  byte[] read(byte[] storageBytes) {
    int width = width();
    int[] places = places();
    byte[] values = new byte[Math.multiplyExact(places.length, width)];
    for (int i = 0; i < places.length; i++) {
      int from = Math.multiplyExact(places[i], width);
      System.arraycopy(storageBytes, from, values, i * width, width);
    }
    return values;
  }

  /** Returns a copy of the storage with other elements, laid out as by {@link #read}. */
  byte[] write(byte[] storageBytes, byte[] values) {
    int width = width();
    int[] places = places();
    if (values.length != places.length * width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "tensor of shape %s must have %d bytes, got %d",
              shape,
              places.length * width,
              values.length));
    }
    byte[] changed = Arrays.copyOf(storageBytes, storageBytes.length);
    for (int i = 0; i < places.length; i++) {
      System.arraycopy(values, i * width, changed, places[i] * width, width);
    }
    return changed;
  }
}
