package org.bitloom.script;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bitloom.graph.Role;

/**
 * A module that owns parameters. What it is decides what they are: a matrix of a dense layer has
 * the same name and shape as the table of an embedding, and the gain of a norm may have three
 * dimensions.
 *
 * @param around the module that this one lies in; empty = it is the outermost
 * @param name it has in that module
 * @param type its class, such as {@code torch.nn.modules.linear.Linear}
 */
record OwningModule(Optional<OwningModule> around, String name, String type) {
  /** Layers of PyTorch that multiply by their weights, by the last part of their class. */
  private static final Pattern LAYERS =
      Pattern.compile(
          "(Parametrized)?(Linear|NonDynamicallyQuantizableLinear|Bilinear|Conv(Transpose)?[123]d"
              + "|(RNN|LSTM|GRU)(Cell)?|MultiheadAttention)");

  private static final String PYTORCH = "torch.nn.";

  /** Modules that are of one class in Python but have other types inside get such a part. */
  private static final Pattern MANGLED = Pattern.compile("^__torch__\\.|___torch_mangle_\\d+\\.");

  private static final Pattern WEIGHT = Pattern.compile("(.*_)?weight(_.*)?");

  /** Ends the name of what weight norm multiplies a row of weights by, of any layer. */
  private static final String GAIN = "_g";

  /** The module in which {@code torch.nn.utils.parametrize} keeps what it replaces. */
  private static final String PARAMETRIZATIONS = "parametrizations";

  /** The gain, with one long side, of a weight norm made by that module, or a part of others. */
  private static final String FIRST_ORIGINAL = "original0";

  static OwningModule outermost(String type) {
    return new OwningModule(Optional.empty(), "", unmangled(type));
  }

  OwningModule inner(String innerName, String innerType) {
    return new OwningModule(Optional.of(this), innerName, unmangled(innerType));
  }

  private static String unmangled(String type) {
    return MANGLED.matcher(type).replaceAll("");
  }

  /** Returns what the names of tensors in it begin with: empty, or names that end in a dot. */
  String path() {
    return around.map(module -> module.path() + name + ".").orElse("");
  }

  /**
   * Says what a parameter that is trained is.
   *
   * @param parameter its name in this module
   */
  Role role(String parameter, List<Integer> shape) {
    Optional<OwningModule> layer =
        around.filter(list -> list.name.equals(PARAMETRIZATIONS)).flatMap(OwningModule::around);
    if (layer.isPresent()) {
      boolean gain = parameter.equals(FIRST_ORIGINAL) && !isMatrix(shape);
      return gain ? Role.FLOAT : layer.get().role(name, shape);
    }
    boolean named = WEIGHT.matcher(parameter).matches() && !parameter.endsWith(GAIN);
    return named && (type.startsWith(PYTORCH) ? isLayer(shape) : isMatrix(shape))
        ? Role.WEIGHT
        : Role.FLOAT;
  }

  private boolean isLayer(List<Integer> shape) {
    String last = type.substring(type.lastIndexOf('.') + 1);
    return LAYERS.matcher(last).matches() && shape.size() >= 2;
  }

  /** Nothing is known of a class that is not PyTorch's; gains for channels have one long side. */
  private static boolean isMatrix(List<Integer> shape) {
    return shape.stream().filter(length -> length > 1).count() >= 2;
  }
}
