package org.bitloom.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitloom.model.BitModel;
import org.bitloom.model.ModelTensor;

/** Puts the weights of a model into a block. */
public final class BlockWeights {
  private BlockWeights() {}

  /** Returns the dimensions of an array. */
  public static List<Integer> shape(NDArray array) {
    return Arrays.stream(array.getShape().getShape()).mapToObj(Math::toIntExact).toList();
  }

  /**
   * Writes the weights of a model into an initialized block, as real numbers.
   *
   * @throws IllegalArgumentException if the parameters differ in name or shape
   * @throws IllegalStateException if the block is not initialized
   */
  public static void load(BitModel model, Block block) {
    load(model.network(), model.tensors(), block);
  }

  /**
   * Writes tensors into an initialized block, as real numbers.
   *
   * @param network they come from, for messages
   * @throws IllegalArgumentException if the parameters differ in name or shape
   * @throws IllegalStateException if the block is not initialized
   */
  public static void load(String network, List<ModelTensor> tensors, Block block) {
    Map<String, Parameter> parameters = new HashMap<>();
    for (Pair<String, Parameter> named : block.getParameters()) {
      LayerPlan.requireInitialized(named);
      parameters.put(named.getKey(), named.getValue());
    }
    if (tensors.size() != parameters.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network %s must have %d parameters, the model has %d",
              network,
              parameters.size(),
              tensors.size()));
    }
    for (ModelTensor tensor : tensors) {
      check(network, tensor, parameters.get(tensor.name()));
    }
    for (ModelTensor tensor : tensors) {
      EngineMemory.floats(parameters.get(tensor.name()).getArray()).put(tensor.weights());
    }
  }

  private static void check(String network, ModelTensor tensor, Parameter parameter) {
    if (parameter == null || !shape(parameter.getArray()).equals(tensor.shape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "parameter %s of %s must have shape %s, the model has %s",
              tensor.name(),
              network,
              parameter == null ? "(none)" : shape(parameter.getArray()),
              tensor.shape()));
    }
  }
}
