package org.bitloom.script;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickles of TorchScript archives as plain values; runs nothing that they name.
 *
 * <p>Texts, numbers and truth values are their Java twins, lists and tuples a {@link List},
 * dictionaries a {@link Map}, None is null.
 *
 * @see <a href="https://docs.python.org/3/library/pickletools.html">the instructions</a>
 */
final class Pickle {
  private static final Object MARK = new Object();

  private final ByteBuffer code;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  /** A class or function by name, such as {@code torch.FloatStorage}. */
  record Global(String name) {}

  /** A thing that lies outside of the pickle, such as a storage. */
  record Reference(Object id) {}

  /** What a class or function would make of its arguments. */
  static final class Made {
    private final Object maker;
    private final List<?> arguments;
    private Object state;

    private Made(Object maker, List<?> arguments) {
      this.maker = maker;
      this.arguments = arguments;
    }

    /** Returns the name of the function or class; empty = it has none. */
    String maker() {
      return maker instanceof Global global ? global.name() : "";
    }

    /** Says whether the function or class has this name. */
    boolean isBy(String name) {
      return maker().equals(name);
    }

    List<?> arguments() {
      return arguments;
    }

    /** Returns what was stored in the object afterwards; null = nothing. */
    Object state() {
      return state;
    }
  }

  private Pickle(byte[] bytes) {
    code = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns the value of a pickle.
   *
   * @throws IllegalArgumentException if it is broken or uses what TorchScript does not
   */
  static Object read(byte[] bytes) {
    Pickle pickle = new Pickle(bytes);
    try {
      while (true) {
        int instruction = pickle.code.get() & 0xff;
        if (instruction == '.') {
          return pickle.pop();
        }
        pickle.run(instruction);
      }
    } catch (RuntimeException e) { // wherever a broken pickle leads
      int at = pickle.code.position() - 1;
      throw new IllegalArgumentException("pickle must be whole, broke at byte " + at, e);
    }
  }

  private void run(int instruction) {
    switch (instruction) {
      case 0x80 -> code.get(); // version
      case '(' -> push(MARK);
      case 'q' -> memo.put(code.get() & 0xff, top());
      case 'r' -> memo.put(code.getInt(), top());
      case 'h' -> push(memo.get(code.get() & 0xff));
      case 'j' -> push(memo.get(code.getInt()));
      case '}', ']', ')', 't', 0x85, 0x86, 0x87 -> push(newCollection(instruction));
      case 'a' -> append(List.of(pop()));
      case 'e' -> append(popToMark());
      case 's' -> put(popLast(2));
      case 'u' -> put(popToMark());
      case 'Q' -> push(new Reference(pop()));
      case 'c' -> push(new Global(line() + "." + line()));
      case 'R', 0x81 -> make();
      case 'b' -> build();
      default -> push(constant(instruction));
    }
  }

  private Object newCollection(int instruction) {
    return switch (instruction) {
      case '}' -> new LinkedHashMap<>();
      case ']', ')' -> new ArrayList<>();
      case 't' -> popToMark();
      default -> popLast(instruction - 0x84); // 0x85 makes a tuple of one
    };
  }

  private Object constant(int instruction) {
    return switch (instruction) {
      case 'N' -> null;
      case 0x88 -> true;
      case 0x89 -> false;
      case 'K' -> (long) (code.get() & 0xff);
      case 'M' -> (long) (code.getShort() & 0xffff);
      case 'J' -> (long) code.getInt();
      case 0x8a -> longInteger(bytes(code.get() & 0xff));
      case 'G' -> Double.longBitsToDouble(Long.reverseBytes(code.getLong()));
      case 'X' -> new String(bytes(code.getInt()), StandardCharsets.UTF_8);
      case 0x8d -> new String(bytes(Math.toIntExact(code.getLong())), StandardCharsets.UTF_8);
      default -> throw new IllegalArgumentException("instruction " + instruction);
    };
  }

  private static Object longInteger(byte[] littleEndian) {
    byte[] bigEndian = new byte[littleEndian.length + 1]; // one more: there may be none at all
    for (int i = 0; i < littleEndian.length; i++) {
      bigEndian[bigEndian.length - 1 - i] = littleEndian[i];
    }
    boolean negative = littleEndian.length > 0 && littleEndian[littleEndian.length - 1] < 0;
    bigEndian[0] = (byte) (negative ? -1 : 0);
    return new BigInteger(bigEndian).longValueExact();
  }

  private byte[] bytes(int count) {
    if (count < 0 || count > code.remaining()) {
      throw new IllegalArgumentException("text of " + count + " bytes");
    }
    byte[] bytes = new byte[count];
    code.get(bytes);
    return bytes;
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (char c = (char) code.get(); c != '\n'; c = (char) code.get()) {
      line.append(c);
    }
    return line.toString();
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object top() {
    return stack.get(stack.size() - 1);
  }

  private Object pop() {
    return stack.remove(stack.size() - 1);
  }

  private List<Object> popLast(int count) {
    List<Object> last = stack.subList(stack.size() - count, stack.size());
    List<Object> values = new ArrayList<>(last);
    last.clear();
    return values;
  }

  private List<Object> popToMark() {
    List<Object> values = popLast(stack.size() - 1 - stack.lastIndexOf(MARK));
    pop();
    return values;
  }

  @SuppressWarnings("unchecked") // lists of a pickle are made here
  private void append(List<Object> values) {
    ((List<Object>) top()).addAll(values);
  }

  @SuppressWarnings("unchecked") // maps of a pickle are made here
  private void put(List<Object> keysAndValues) {
    Map<Object, Object> map = (Map<Object, Object>) top();
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      map.put(keysAndValues.get(i), keysAndValues.get(i + 1));
    }
  }

  private void make() {
    List<?> arguments = (List<?>) pop();
    push(new Made(pop(), arguments));
  }

  private void build() {
    Object state = pop();
    ((Made) top()).state = state;
  }
}
