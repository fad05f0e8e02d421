package org.bitloom.script;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the elements of a tensor lie in an archive.
 *
 * @param storage name of the bytes that it views, alone or with other tensors
 * @param type of the elements as PyTorch calls it, such as {@code Float}
 * @param offset of the first element
 * @param shape dimensions, none for a single number
 * @param strides from one index to the next, in elements
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

  private static final Map<String, Integer> WIDTHS =
      Map.ofEntries(
          Map.entry(FLOAT, 4),
          Map.entry("Double", 8),
          Map.entry("Half", 2),
          Map.entry("BFloat16", 2),
          Map.entry("Long", 8),
          Map.entry("Int", 4),
          Map.entry("Short", 2),
          Map.entry("Char", 1),
          Map.entry("Byte", 1),
          Map.entry("Bool", 1),
          Map.entry("ComplexFloat", 8),
          Map.entry("ComplexDouble", 16));

  ScriptTensor {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
    if (shape.size() != strides.size() || offset < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "tensor must have a stride per dimension and begin in its storage, got %s, %s, %d",
              shape,
              strides,
              offset));
    }
  }

  /** Reads the arguments of {@code torch._utils._rebuild_tensor_v2}. */
  static ScriptTensor of(List<?> arguments) {
    List<?> storage = (List<?>) ((Pickle.Reference) arguments.get(0)).id();
    String type = ((Pickle.Global) storage.get(1)).name();
    return new ScriptTensor(
        (String) storage.get(2),
        type.replaceFirst("^torch\\.", "").replaceFirst("Storage$", ""),
        (Long) arguments.get(1),
        integers(arguments.get(2)),
        integers(arguments.get(3)),
        (Boolean) arguments.get(4));
  }

  private static List<Integer> integers(Object list) {
    return ((List<?>) list).stream().map(number -> Math.toIntExact((Long) number)).toList();
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

  boolean hasKnownType() {
    return WIDTHS.containsKey(type);
  }

  private int width() {
    Integer width = WIDTHS.get(type);
    if (width == null) {
      throw new IllegalArgumentException("type of a tensor must be a known one, got " + type);
    }
    return width;
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
