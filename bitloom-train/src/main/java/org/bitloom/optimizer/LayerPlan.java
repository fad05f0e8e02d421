package org.bitloom.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.LayerRule;
import org.bitloom.update.ParameterSpec;

/**
 * Says which parameters become bit-wise, and with which bits.
 *
 * @param layout of weights that no rule speaks of
 * @param layers rules for single layers; of several that fit a weight the last counts
 * @param floatWeights whether all weights are trained as floats
 */
record LayerPlan(BitLayout layout, List<LayerRule> layers, boolean floatWeights) {
  LayerPlan {
    layers = List.copyOf(layers);
  }

  /**
   * Returns the trained parameters of a block, in its order.
   *
   * @throws IllegalStateException if the block is not initialized
   * @throws org.bitloom.error.UsageException if a layer rule fits no weight of the block
   */
  List<ParameterSpec> of(Block block) {
    List<Pair<String, Parameter>> trained = trained(block);
    ParameterRoles roles = new ParameterRoles(block);
    List<String> weights =
        trained.stream()
            .filter(named -> roles.isWeight(named.getValue()))
            .map(Pair::getKey)
            .toList();
    LayerRule.checkFit(layers, weights);
    List<ParameterSpec> specs = new ArrayList<>();
    for (Pair<String, Parameter> named : trained) {
      String name = named.getKey();
      Optional<BitLayout> bits = weights.contains(name) ? bits(name, weights) : Optional.empty();
      specs.add(spec(name, named.getValue().getArray(), bits));
    }
    return specs;
  }

  /** Returns the parameters of an initialized block that have a gradient, with their names. */
  static List<Pair<String, Parameter>> trained(Block block) {
    List<Pair<String, Parameter>> trained = new ArrayList<>();
    for (Pair<String, Parameter> named : block.getParameters()) {
      requireInitialized(named);
      if (named.getValue().requiresGradient()) {
        trained.add(named);
      }
    }
    return trained;
  }

  static void requireInitialized(Pair<String, Parameter> named) {
    if (!named.getValue().isInitialized()) {
      throw new IllegalStateException(
          "block must be initialized first, its parameter "
              + named.getKey()
              + " has no values; call trainer.initialize(shape) or block.initialize(manager, type,"
              + " shape)");
    }
  }

  private Optional<BitLayout> bits(String name, List<String> weights) {
    if (floatWeights) {
      return Optional.empty();
    }
    Optional<BitLayout> own = Optional.of(layout);
    for (LayerRule rule : layers) {
      if (rule.fits(name, weights)) {
        own = rule.layout();
      }
    }
    return own;
  }

  /** Describes a parameter of which only its array is known. */
  ParameterSpec of(NDArray array) {
    String name = "of shape " + array.getShape();
    EngineMemory.check(name, array);
    boolean bitwise = !floatWeights && ParameterRoles.isWeight(array);
    name += " and initial values " + Integer.toHexString(Arrays.hashCode(array.toFloatArray()));
    return spec(name, array, bitwise ? Optional.of(layout) : Optional.empty());
  }

  private static ParameterSpec spec(String name, NDArray array, Optional<BitLayout> bits) {
    EngineMemory.check(name, array);
    List<Integer> shape = BlockWeights.shape(array);
    return bits.isPresent()
        ? ParameterSpec.bits(name, shape, bits.get())
        : ParameterSpec.floats(name, shape);
  }
}
