package org.bitloom.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bitloom.graph.Role;

/**
 * Knows the tensors of a TorchScript module file: what they are called, what they hold.
 *
 * <p>The engine hands out parameters only. Buffers, such as the running statistics of batch norm,
 * are read from the archive it writes, and given to a module by changing the archive it loads.
 *
 * <p>The file is a zip archive of one folder: {@code data.pkl} is the module with its attributes,
 * {@code data/N} the bytes of storage N, {@code code/} the program.
 */
final class ScriptArchive {
  private static final String OBJECT = "data.pkl";
  private static final String DATA = "data/";
  private static final String CONSTANT_OBJECT = "constants.pkl";
  private static final String CONSTANT_DATA = "constants/";
  private static final int MAX_DEPTH = 100;

  /** A module that is used in two places is walked through twice, and so are those within it. */
  private static final int MOST_VISITS = 1 << 20;

  static final int MOST_TENSORS = 100_000;
  private static final int LONGEST_NAME = 1000;

  /** Stack of the thread that the engine reads a module on; taken as far as it is used. */
  static final long STACK_BYTES = 1L << 29;

  /** Every step takes the engine less than 2000 bytes of stack. */
  private static final long MOST_STEPS = STACK_BYTES / 2500;

  /** What the engine needs of an archive: it would read texts of other versions too. */
  private static final Pattern READ =
      Pattern.compile(
          "(data|constants)(\\.pkl|/.*)|code/.*\\.py|(\\.data/)?version|byteorder", Pattern.DOTALL);

  private final Map<String, byte[]> entries;
  private final String folder;
  private final Map<String, ScriptTensor> tensors = new LinkedHashMap<>();
  private final Map<String, Role> roles = new HashMap<>();
  private final List<ProgramText> programs = new ArrayList<>();
  private int visits;

  private ScriptArchive(Map<String, byte[]> entries, String folder) {
    this.entries = entries;
    this.folder = folder;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is something else, with what it is
   */
  static ScriptArchive read(byte[] file) {
    if (file.length == 0) {
      throw new IllegalArgumentException("it is empty");
    }
    Map<String, byte[]> entries;
    try {
      entries = ZipBytes.read(file);
    } catch (IllegalArgumentException e) {
      // what torch.save wrote before PyTorch 1.6 is a bare pickle
      boolean pickle = file[0] == (byte) 0x80;
      throw pickle ? onlyWeights() : e;
    }
    String folder =
        entries.keySet().stream()
            .filter(name -> name.endsWith('/' + OBJECT) && name.indexOf('/') == folderEnd(name))
            .findFirst()
            .map(name -> name.substring(0, folderEnd(name) + 1))
            .orElseThrow(() -> new IllegalArgumentException("it is a zip archive of other things"));
    if (!entries.containsKey(folder + CONSTANT_OBJECT)) {
      throw onlyWeights();
    }
    checkFolder(entries, folder);
    ScriptArchive archive = new ScriptArchive(entries, folder);
    archive.readPrograms();
    archive.contents(CONSTANT_OBJECT, CONSTANT_DATA);
    archive.collect(archive.contents(OBJECT, DATA).value());
    return archive;
  }

  private static int folderEnd(String name) {
    return name.length() - OBJECT.length() - 1;
  }

  private static IllegalArgumentException onlyWeights() {
    return new IllegalArgumentException("it is what torch.save writes: weights without a program");
  }

  /** The engine takes the folder of the first entry, whatever else there is. */
  private static void checkFolder(Map<String, byte[]> entries, String folder) {
    for (String name : entries.keySet()) {
      if (!name.startsWith(folder)) {
        throw new IllegalArgumentException(
            "all of its entries must lie in one folder, got " + folder + " and " + name);
      }
    }
  }

  private void readPrograms() {
    entries.forEach(
        (name, text) -> {
          if (name.endsWith(".py")) {
            programs.add(ProgramText.of(name, text));
          }
        });
    long steps = programs.stream().mapToLong(ProgramText::depth).sum();
    if (steps > MOST_STEPS) { // each may lead to the next
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "programs must have at most %d steps in all their functions, got %d",
              MOST_STEPS,
              steps));
    }
  }

  /** Reads a pickle and checks everything that its tensors say of the bytes of the archive. */
  private Pickle.Contents contents(String object, String data) {
    Pickle.Contents contents;
    try {
      contents = Pickle.contents(entries.get(folder + object));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(object + ": " + e.getMessage(), e);
    }
    for (String maker : contents.makers()) {
      boolean tensor = maker.contains("_rebuild_") || maker.contains("build_tensor_from_id");
      if (tensor && !maker.equals(Pickle.TENSOR)) {
        throw new IllegalArgumentException(
            "tensors must be dense, " + object + " has one made by " + maker);
      }
    }
    long held = 0;
    Set<String> seen = new HashSet<>();
    for (ScriptStorage storage : contents.storages()) {
      byte[] bytes = bytes(folder + data + storage.name());
      storage.check(bytes.length);
      held += seen.add(storage.name()) ? bytes.length : 0;
    }
    ScriptTensor.checkViews(contents.tensors(), held);
    return contents;
  }

  private byte[] bytes(String entry) {
    byte[] bytes = entries.get(entry);
    if (bytes == null) {
      throw new IllegalArgumentException("archive must hold " + entry + ", it is missing");
    }
    return bytes;
  }

  private void collect(Object module) {
    try {
      if (module instanceof Pickle.Made made) {
        collect(OwningModule.outermost(made.maker()), made.state(), 0);
      }
    } catch (ClassCastException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new IllegalArgumentException("tensors of " + OBJECT + " must be well formed", e);
    }
  }

  /** Collects what a module holds. */
  private void collect(OwningModule module, Object state, int depth) {
    if (state instanceof Map<?, ?> attributes) {
      attributes.forEach((name, value) -> collect(module, String.valueOf(name), value, depth + 1));
    } else if (state instanceof List<?> values) { // of a class that packs its attributes itself
      for (int i = 0; i < values.size(); i++) {
        collect(module, String.valueOf(i), values.get(i), depth + 1);
      }
    }
  }

  /** Collects an attribute, or an element of a list or dictionary that is one. */
  private void collect(OwningModule module, String name, Object value, int depth) {
    visits++;
    if (depth > MAX_DEPTH || visits > MOST_VISITS || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "modules must be nested at most %d deep and have at most %d attributes with names of"
                  + " up to %d letters",
              MAX_DEPTH,
              MOST_VISITS,
              LONGEST_NAME));
    }
    if (value instanceof Pickle.Made made) {
      if (made.isBy(Pickle.TENSOR)) {
        add(module, name, ScriptTensor.of(made.arguments()));
      } else {
        collect(module.inner(name, made.maker()), made.state(), depth);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, element) -> collect(module, inside(name, key), element, depth + 1));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collect(module, inside(name, i), list.get(i), depth + 1);
      }
    }
  }

  private static String inside(String name, Object key) {
    String last = String.valueOf(key);
    return last.length() > LONGEST_NAME ? last : name + "." + last; // the former is refused
  }

  private void add(OwningModule module, String name, ScriptTensor tensor) {
    String full = module.path() + name;
    if (full.length() > LONGEST_NAME || tensors.size() >= MOST_TENSORS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "module must have at most %d tensors with names of up to %d letters",
              MOST_TENSORS,
              LONGEST_NAME));
    }
    tensors.put(full, tensor);
    roles.put(full, tensor.trainable() ? module.role(name, tensor.shape()) : Role.STATISTIC);
  }

  /** Returns all tensors by the name that PyTorch's {@code state_dict} gives them, in its order. */
  Map<String, ScriptTensor> tensors() {
    return tensors;
  }

  /** Returns the calls of its programs that say by a constant whether they train. */
  List<FixedMode> fixedModes() {
    return programs.stream().flatMap(program -> FixedMode.in(program).stream()).toList();
  }

  /** Returns the text of all its programs, without what stands in quotes. */
  String programs() {
    return programs.stream().map(ProgramText::masked).collect(Collectors.joining());
  }

  /** Returns what a tensor is to the training: a statistic if it is not trained. */
  Role role(String tensor) {
    return roles.get(tensor);
  }

  /** Returns the bytes of a tensor's elements, little-endian, the last index running fastest. */
  byte[] values(String name) {
    ScriptTensor tensor = tensors.get(name);
    return tensor.read(entries.get(storage(tensor)));
  }

  private String storage(ScriptTensor tensor) {
    return folder + DATA + tensor.storage();
  }

  /**
   * Returns a file for the engine: what was checked, and nothing else.
   *
   * @param values bytes of the elements of tensors by name, as {@link #values} returns them, that
   *     take the place of its own
   */
  byte[] with(Map<String, byte[]> values) {
    Map<String, byte[]> changed = new LinkedHashMap<>();
    entries.forEach(
        (name, bytes) -> {
          if (READ.matcher(name.substring(folder.length())).matches()) {
            changed.put(name, bytes);
          }
        });
    values.forEach(
        (name, bytes) -> {
          ScriptTensor tensor = tensors.get(name);
          changed.computeIfPresent(storage(tensor), (entry, old) -> tensor.write(old, bytes));
        });
    return ZipBytes.write(changed);
  }
}
