package org.bitloom.script;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitloom.error.UsageException;
import org.bitloom.graph.Role;

/** Says whether the tensors of a module can be trained, and if not, why. */
final class TrainableTensors {
  private TrainableTensors() {}

  /**
   * Checks the tensors of a module.
   *
   * @throws UsageException if there are none to train, or some that cannot be trained
   */
  static void check(Path path, ScriptArchive archive) {
    Map<String, ScriptTensor> tensors = archive.tensors();
    if (tensors.keySet().stream().noneMatch(name -> archive.role(name) == Role.WEIGHT)) {
      throw withoutWeights(path, archive);
    }
    Map<String, String> owners = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          check(path, name, tensor);
          String owner = owners.putIfAbsent(tensor.storage(), name);
          if (owner != null && (tensor.trainable() || tensors.get(owner).trainable())) {
            throw new UsageException(
                String.format(
                    Locale.ROOT,
                    "trainable parameters must not share memory, %s and %s of %s do",
                    owner,
                    name,
                    path),
                "give each a tensor of its own before scripting");
          }
        });
  }

  private static UsageException withoutWeights(Path path, ScriptArchive archive) {
    List<String> trained = new ArrayList<>();
    archive
        .tensors()
        .forEach((name, tensor) -> trained.addAll(tensor.trainable() ? List.of(name) : List.of()));
    String cause;
    String hint;
    if (!trained.isEmpty()) {
      cause =
          "its parameters, such as "
              + trained.get(0)
              + ", are no weights of layers of torch.nn, and have no name with the word weight and"
              + " two sides longer than 1";
      hint = "call the matrices of your own modules weight, or NAME_weight";
    } else if (archive.tensors().isEmpty()) {
      cause = "it has no parameters at all";
      hint = "save it without torch.jit.freeze, which makes constants of them";
    } else {
      cause =
          "none of its tensors asks for a gradient, such as "
              + archive.tensors().keySet().iterator().next();
      hint = "call net.requires_grad_(True) before saving, and do not freeze it";
    }
    return new UsageException(
        "network must have trainable weights of dense or convolution layers, "
            + path
            + " has none: "
            + cause,
        hint);
  }

  private static void check(Path path, String name, ScriptTensor tensor) {
    if (tensor.trainable() && !(tensor.isFloat() && tensor.isContiguous())) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "trainable parameters must be 32-bit floats in row-major order, %s of %s is %s with"
                  + " shape %s and strides %s",
              name,
              path,
              tensor.type(),
              tensor.shape(),
              tensor.strides()),
          "call net.float().to(memory_format=torch.contiguous_format) before scripting");
    }
    checkName(path, name);
  }

  static void checkName(Path path, String name) {
    if (name.equals("input.mean") || name.equals("input.deviation")) {
      throw new UsageException(
          "names input.mean and input.deviation belong to the model file, " + path + " has " + name,
          "rename the module called input");
    }
  }
}
