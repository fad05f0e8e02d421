package org.bitloom.graph;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the members of a JSON object, each once; {@link #end} refuses those that nobody read. */
final class NodeFields {
  private final String what;
  private final Map<?, ?> values;
  private final Set<Object> unread;

  NodeFields(String what, Object values) {
    this.what = what;
    this.values = as(Map.class, what + " must be an object", values);
    this.unread = new LinkedHashSet<>(this.values.keySet());
  }

  private Object value(String key) {
    if (!unread.remove(key)) {
      throw new IllegalArgumentException(what + " must have " + key + ", got only " + keys());
    }
    return values.get(key);
  }

  private String keys() {
    return Names.printable(values.keySet().toString());
  }

  private <T> T value(String key, Class<T> type, String need) {
    return as(type, key + " of " + what + " must be " + need, value(key));
  }

  private static <T> T as(Class<T> type, String must, Object value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(must + ", got " + Names.printable(String.valueOf(value)));
    }
    return type.cast(value);
  }

  String text(String key) {
    return value(key, String.class, "a string");
  }

  boolean flag(String key) {
    return value(key, Boolean.class, "true or false");
  }

  double number(String key) {
    return value(key, Number.class, "a number").doubleValue();
  }

  int integer(String key) {
    return integer(key, value(key));
  }

  private int integer(String key, Object value) {
    String must = key + " of " + what + " must be an integer of 0..2147483647";
    long number = as(Long.class, must, value);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(must + ", got " + number);
    }
    return (int) number;
  }

  List<?> list(String key) {
    return value(key, List.class, "an array");
  }

  List<Integer> integers(String key) {
    List<Integer> integers = new ArrayList<>();
    list(key).forEach(value -> integers.add(integer(key, value)));
    return integers;
  }

  private Extent extent(String key) {
    List<Integer> sides = integers(key);
    if (sides.size() != 2) {
      throw new IllegalArgumentException(
          key + " of " + what + " must be a height and a width, got " + sides.size() + " numbers");
    }
    return new Extent(sides.get(0), sides.get(1));
  }

  Window window() {
    return new Window(extent("window"), extent("stride"), extent("padding"));
  }

  List<String> inputs() {
    List<String> names = new ArrayList<>();
    for (Object name : list("inputs")) {
      names.add(as(String.class, "inputs of " + what + " must be names", name));
    }
    return names;
  }

  /** Reads the only input. */
  String input() {
    List<String> inputs = inputs();
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(what + " must have one input, got " + inputs.size());
    }
    return inputs.get(0);
  }

  /** Checks that nothing was left unread. */
  void end() {
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException(
          what + " must have no other keys, got " + Names.printable(unread.toString()));
    }
  }
}
