package org.bitloom.script;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** Makes a tensor; its arguments are where it lies in which storage. */
  static final String TENSOR = "torch._utils._rebuild_tensor_v2";

  /** More than modules need: those of PyTorch take a dozen for a parameter. */
  private static final int MOST_INSTRUCTIONS = 1 << 21;

  private final PickleCode code;
  private final List<ScriptTensor> tensors = new ArrayList<>();
  private final List<ScriptStorage> storages = new ArrayList<>();
  private final Set<String> makers = new LinkedHashSet<>();
  private final List<Object> stack = new ArrayList<>();
  private int copied;
  private final Map<Integer, Object> memo = new HashMap<>();

  /**
   * What a pickle holds, wherever in it.
   *
   * @param value that it gives
   * @param tensors made on the way, each within the storage that it claims
   * @param storages referred to
   * @param makers names of the classes and functions that something was to be made by
   */
  record Contents(
      Object value, List<ScriptTensor> tensors, List<ScriptStorage> storages, Set<String> makers) {}

  /** A list that does not change. */
  static final class Tuple extends AbstractList<Object> {
    private final List<Object> values;

    private Tuple(List<Object> values) {
      this.values = values;
    }

    @Override
    public Object get(int index) {
      return values.get(index);
    }

    @Override
    public int size() {
      return values.size();
    }
  }

  /** A class or function by name, such as {@code torch.FloatStorage}. */
  record Global(String name) {}

  /** A thing that lies outside of the pickle, such as a storage. */
  record Reference(List<?> id) {}

  /** What a class or function would make of its arguments. */
  static final class Made {
    private final Object maker;
    private final List<?> arguments;
    private Object state;
    private boolean built;

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
    code = new PickleCode(bytes);
  }

  /**
   * Returns the value of a pickle.
   *
   * @throws IllegalArgumentException if it is broken or uses what TorchScript does not
   */
  static Object read(byte[] bytes) {
    return contents(bytes).value();
  }

  /** Returns everything in a pickle; otherwise as {@link #read}. */
  static Contents contents(byte[] bytes) {
    Pickle pickle = new Pickle(bytes);
    try {
      for (int i = 0; i < MOST_INSTRUCTIONS; i++) {
        int instruction = pickle.code.next();
        if (instruction == '.') {
          return new Contents(pickle.pop(), pickle.tensors, pickle.storages, pickle.makers);
        }
        pickle.run(instruction);
      }
    } catch (RuntimeException e) { // wherever a broken pickle leads
      String why = e.getClass() == IllegalArgumentException.class ? ": " + e.getMessage() : "";
      int at = pickle.code.position() - 1;
      throw new IllegalArgumentException("pickle must be whole, broke at byte " + at + why, e);
    }
    throw new IllegalArgumentException(
        "pickle must have at most " + MOST_INSTRUCTIONS + " instructions");
  }

  private void run(int instruction) {
    switch (instruction) {
      case 0x80 -> code.next(); // version
      case '(' -> push(MARK);
      case 'q' -> remember(code.next());
      case 'r' -> remember(code.integer());
      case 'h' -> push(remembered(code.next()));
      case 'j' -> push(remembered(code.integer()));
      case '}', ']', ')', 't', 0x85, 0x86, 0x87 -> push(newCollection(instruction));
      case 'a' -> append(List.of(pop()));
      case 'e' -> append(popToMark());
      case 's' -> put(popLast(2));
      case 'u' -> put(popToMark());
      case 'Q' -> refer();
      case 'c' -> push(new Global(code.line() + "." + code.line()));
      case 'R', 0x81 -> make();
      case 'b' -> build();
      default -> push(code.constant(instruction));
    }
  }

  private Object newCollection(int instruction) {
    return switch (instruction) {
      case '}' -> new LinkedHashMap<>();
      case ']' -> new ArrayList<>();
      case ')' -> new Tuple(List.of());
      case 't' -> new Tuple(popToMark());
      default -> new Tuple(popLast(instruction - 0x84)); // 0x85 makes a tuple of one
    };
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** The engine keeps a place for every number below the largest. */
  private void remember(int number) {
    require(number >= 0 && number < MOST_INSTRUCTIONS, "memory of the number " + number);
    memo.put(number, top());
  }

  private Object remembered(int number) {
    require(memo.containsKey(number), "nothing remembered under " + number);
    return memo.get(number);
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
      Object key = keysAndValues.get(i);
      boolean plain =
          key instanceof String || key instanceof Number || key instanceof Boolean || key == null;
      require(plain, "key of a dictionary that is no text and no number");
      map.put(key, keysAndValues.get(i + 1));
    }
  }

  private void refer() {
    Reference reference = new Reference((Tuple) pop());
    storages.add(ScriptStorage.of(reference));
    push(reference);
  }

  private void make() {
    Made made = new Made(stack.get(stack.size() - 2), (Tuple) pop());
    pop();
    if (made.isBy(TENSOR)) {
      tensors.add(ScriptTensor.of(made.arguments())); // now, before anything can change
    }
    makers.add(made.maker());
    push(made);
  }

  /** Objects take what their state is now, as the engine does; later changes are none of theirs. */
  private void build() {
    Object state = pop();
    Made made = (Made) top();
    require(!made.built, "an object that gets its state twice");
    made.built = true;
    made.state = state;
    if (state instanceof Map<?, ?> map) {
      copied += map.size();
      require(copied <= MOST_INSTRUCTIONS, "states of more than " + MOST_INSTRUCTIONS + " values");
      made.state = Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
  }
}
