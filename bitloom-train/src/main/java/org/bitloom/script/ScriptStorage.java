package org.bitloom.script;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The bytes behind tensors, as a pickle refers to them.
 *
 * @param name of the entry of the archive that holds them
 * @param type of the elements as PyTorch calls it, such as {@code Float}
 * @param elements that the pickle claims
 */
record ScriptStorage(String name, String type, long elements) {
  private static final Map<String, Integer> WIDTHS =
      Map.ofEntries(
          Map.entry(ScriptTensor.FLOAT, 4),
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

  /** Reads what a pickle says of something that lies outside of it. */
  static ScriptStorage of(Pickle.Reference reference) {
    List<?> id = (List<?>) reference.id();
    if (!"storage".equals(id.get(0))) {
      throw new IllegalArgumentException("only storages may lie outside of a pickle");
    }
    String type = ((Pickle.Global) id.get(1)).name();
    return new ScriptStorage(
        (String) id.get(2),
        type.replaceFirst("^torch\\.", "").replaceFirst("Storage$", ""),
        (Long) id.get(4));
  }

  /** Returns the bytes of one element. */
  static int width(String type) {
    Integer width = WIDTHS.get(type);
    if (width == null) {
      throw new IllegalArgumentException("type of a tensor must be a known one, got " + type);
    }
    return width;
  }

  /** Checks that the archive holds what the pickle claims: the engine does not. */
  void check(long foundBytes) {
    if (elements < 0 || elements > foundBytes / width(type)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "storage %s must hold the %d elements of type %s that it claims, it has %d bytes",
              name,
              elements,
              type,
              foundBytes));
    }
  }
}
