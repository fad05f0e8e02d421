package org.bitloom.script;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final int MAX_DEPTH = 100;

  private final Map<String, byte[]> entries;
  private final String folder;
  private final Map<String, ScriptTensor> tensors = new LinkedHashMap<>();
  private final Map<String, Role> roles = new HashMap<>();

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
    if (!entries.containsKey(folder + "constants.pkl")) {
      throw onlyWeights();
    }
    ScriptArchive archive = new ScriptArchive(entries, folder);
    archive.collect();
    return archive;
  }

  private static int folderEnd(String name) {
    return name.length() - OBJECT.length() - 1;
  }

  private static IllegalArgumentException onlyWeights() {
    return new IllegalArgumentException("it is what torch.save writes: weights without a program");
  }

  private void collect() {
    Object module = Pickle.read(entries.get(folder + OBJECT));
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
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("modules must be nested at most " + MAX_DEPTH + " deep");
    }
    if (value instanceof Pickle.Made made) {
      if (made.isBy("torch._utils._rebuild_tensor_v2")) {
        add(module, name, ScriptTensor.of(made.arguments()));
      } else {
        collect(module.inner(name, made.maker()), made.state(), depth);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, element) -> collect(module, name + "." + key, element, depth + 1));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collect(module, name + "." + i, list.get(i), depth + 1);
      }
    }
  }

  private void add(OwningModule module, String name, ScriptTensor tensor) {
    String full = module.path() + name;
    tensors.put(full, tensor);
    roles.put(full, tensor.trainable() ? module.role(name, tensor.shape()) : Role.STATISTIC);
  }

  /** Returns all tensors by the name that PyTorch's {@code state_dict} gives them, in its order. */
  Map<String, ScriptTensor> tensors() {
    return tensors;
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
    String entry = folder + "data/" + tensor.storage();
    if (!entries.containsKey(entry)) {
      throw new IllegalArgumentException("archive must hold " + entry + ", it is missing");
    }
    return entry;
  }

  /**
   * Returns the file with other values in some tensors.
   *
   * @param values bytes of the elements by name, as {@link #values} returns them
   */
  byte[] with(Map<String, byte[]> values) {
    Map<String, byte[]> changed = new LinkedHashMap<>(entries);
    values.forEach(
        (name, bytes) -> {
          ScriptTensor tensor = tensors.get(name);
          changed.computeIfPresent(storage(tensor), (entry, old) -> tensor.write(old, bytes));
        });
    return ZipBytes.write(changed);
  }
}
