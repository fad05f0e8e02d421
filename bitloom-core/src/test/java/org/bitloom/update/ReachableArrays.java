package org.bitloom.update;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Walks the fields of our classes to find every array that an object holds. */
final class ReachableArrays {
  /** No more than this for what a tensor holds per bit; what it holds per weight is longer. */
  private static final int PER_BIT = 32;

  private ReachableArrays() {}

  /** Returns the bytes of all arrays of numbers that grow with the weights. */
  static long bytes(Object root) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(List.of(root));
    long bytes = 0;
    while (!open.isEmpty()) {
      Object object = open.pop();
      if (seen.add(object)) {
        bytes += bytesOfArray(object);
        pushParts(object, open);
      }
    }
    return bytes;
  }

  private static long bytesOfArray(Object object) {
    if (object instanceof float[] floats) {
      return floats.length > PER_BIT ? 4L * floats.length : 0;
    }
    if (object instanceof int[] ints) {
      return ints.length > PER_BIT ? 4L * ints.length : 0;
    }
    return object instanceof long[] longs && longs.length > 1 ? 8L * longs.length : 0;
  }

  private static void pushParts(Object object, Deque<Object> open) {
    if (object instanceof Object[] array) {
      for (Object element : array) {
        push(element, open);
      }
    } else if (object.getClass().getName().startsWith("org.bitloom.")) {
      for (Field field : object.getClass().getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          push(value(field, object), open);
        }
      }
    }
  }

  private static void push(Object part, Deque<Object> open) {
    if (part != null) {
      open.push(part);
    }
  }

  private static Object value(Field field, Object object) {
    field.setAccessible(true);
    try {
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new AssertionError("fields of our own classes must be readable, " + field, e);
    }
  }
}
