package org.bitloom.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bitloom.testkit.ModuleFile.Kind;
import org.bitloom.testkit.ModuleFile.Tensor;

/**
 * The classes of a module file: their programs, and the pickle of the objects.
 *
 * @param types class of each module by its path; the outermost has none
 * @param tensors of all modules
 */
record ModuleSource(Map<String, String> types, List<Tensor> tensors) {
  private static final String ROOT = "__torch__.";

  /** Returns the entries of the archive that hold programs, by name. */
  Map<String, String> programs(List<String> forward, String result) {
    Map<String, String> programs = new LinkedHashMap<>();
    types.forEach(
        (path, type) -> {
          String name = ROOT + type;
          String file =
              "code/" + name.substring(0, name.lastIndexOf('.')).replace('.', '/') + ".py";
          String text = program(path, type) + (path.isEmpty() ? method(type, forward, result) : "");
          programs.merge(file, text, String::concat);
        });
    return programs;
  }

  private static String method(String type, List<String> forward, String result) {
    StringBuilder method = new StringBuilder();
    method.append("  def forward(self: ").append(ROOT).append(type);
    method.append(",\n    x: Tensor) -> ").append(result).append(":\n");
    forward.forEach(line -> method.append("    ").append(line).append('\n'));
    return method.toString();
  }

  private String program(String path, String type) {
    StringBuilder program = new StringBuilder("class ");
    program.append(type.substring(type.lastIndexOf('.') + 1)).append("(Module):\n");
    program.append("  __parameters__ = [").append(names(path, false)).append("]\n");
    program.append("  __buffers__ = [").append(names(path, true)).append("]\n");
    own(path).forEach(t -> program.append("  ").append(last(t.name())).append(" : Tensor\n"));
    program.append("  training : bool\n");
    for (String inner : inner(path)) {
      program.append("  ").append(last(inner)).append(" : ").append(ROOT);
      program.append(types.get(inner)).append('\n');
    }
    return program.toString();
  }

  private String names(String path, boolean buffers) {
    return own(path).stream()
        .filter(tensor -> (tensor.kind() == Kind.BUFFER) == buffers)
        .map(tensor -> '"' + last(tensor.name()) + "\", ")
        .collect(Collectors.joining());
  }

  private List<Tensor> own(String path) {
    return tensors.stream().filter(tensor -> around(tensor.name()).equals(path)).toList();
  }

  private List<String> inner(String path) {
    return types.keySet().stream()
        .filter(inner -> !inner.isEmpty() && around(inner).equals(path))
        .toList();
  }

  private static String around(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  byte[] pickle() {
    PickleWriter pickle = new PickleWriter();
    write(pickle, "");
    return pickle.code('.').bytes();
  }

  private void write(PickleWriter pickle, String path) {
    String name = ROOT + types.get(path);
    int dot = name.lastIndexOf('.');
    pickle.global(name.substring(0, dot), name.substring(dot + 1));
    pickle.code(')').code(0x81).code('}').code('(');
    for (Tensor tensor : own(path)) {
      pickle.text(last(tensor.name()));
      write(pickle, tensor);
    }
    pickle.text("training").code(0x88);
    for (String inner : inner(path)) {
      pickle.text(last(inner));
      write(pickle, inner);
    }
    pickle.code('u').code('b');
  }

  private static void write(PickleWriter pickle, Tensor tensor) {
    pickle.global("torch._utils", "_rebuild_tensor_v2").code('(');
    pickle.code('(').text("storage").global("torch", tensor.type() + "Storage");
    pickle.text(String.valueOf(tensor.storage())).text("cpu");
    pickle.integer(size(tensor.shape())).code('t').code('Q');
    pickle.integer(0).code('(');
    tensor.shape().forEach(pickle::integer);
    pickle.code('t').code('(');
    for (int d = 0; d < tensor.shape().size(); d++) {
      pickle.integer(size(tensor.shape().subList(d + 1, tensor.shape().size())));
    }
    pickle.code('t').code(tensor.kind() == Kind.TRAINABLE ? 0x88 : 0x89);
    pickle.global("collections", "OrderedDict").code(')').code('R').code('t').code('R');
  }

  private static int size(List<Integer> shape) {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }
}
