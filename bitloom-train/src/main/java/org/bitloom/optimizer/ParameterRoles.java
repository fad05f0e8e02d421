package org.bitloom.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.convolutional.Deconvolution;
import ai.djl.nn.core.AbstractEmbedding;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.core.LinearCollection;
import ai.djl.nn.core.Prelu;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.nn.transformer.IdEmbedding;
import java.util.IdentityHashMap;
import java.util.regex.Pattern;

/**
 * Knows which parameters become bit-wise: weights of layers that multiply, by the block that owns
 * them, whatever the number of their dimensions. Gains and offsets of norms, embeddings and biases
 * stay floats.
 *
 * <p>A block that is none of DJL's layers, such as one of ours, says it by the type of its
 * parameters: {@link Parameter.Type#WEIGHT} of two or more dimensions becomes bit-wise.
 */
final class ParameterRoles {
  /** What DJL calls the weights of its layers: {@code weight}, {@code l_0_i2h_WEIGHT}. */
  private static final Pattern WEIGHT = Pattern.compile("(?i)([a-z0-9_]+_)?weight");

  private static final Pattern FLOAT =
      Pattern.compile("(?i)embedding|alpha|gamma|beta|([a-z0-9_]+_)?bias");

  private final IdentityHashMap<Parameter, Block> owners = new IdentityHashMap<>();

  /** Looks at all parameters of an initialized block. */
  ParameterRoles(Block block) {
    addOwners(block);
  }

  private void addOwners(Block block) {
    for (Parameter parameter : block.getDirectParameters().values()) {
      owners.put(parameter, block);
    }
    for (Block child : block.getChildren().values()) {
      addOwners(child);
    }
  }

  /** Says whether a trained parameter of the block becomes bit-wise. */
  boolean isWeight(Parameter parameter) {
    if (!parameter.requiresGradient() || parameter.getType() != Parameter.Type.WEIGHT) {
      return false;
    }
    Block owner = owners.get(parameter);
    if (owner instanceof Linear
        || owner instanceof LinearCollection
        || owner instanceof Convolution
        || owner instanceof Deconvolution
        || owner instanceof RecurrentBlock) {
      return true;
    }
    return !isFloatLayer(owner) && parameter.getArray().getShape().dimension() >= 2;
  }

  private static boolean isFloatLayer(Block owner) {
    return owner instanceof BatchNorm
        || owner instanceof LayerNorm
        || owner instanceof AbstractEmbedding
        || owner instanceof Embedding
        || owner instanceof IdEmbedding
        || owner instanceof Prelu;
  }

  /**
   * Says whether an array becomes bit-wise of which nothing is known but its name, which DJL takes
   * from its parameter.
   *
   * @throws IllegalStateException if the name could be that of a weight or not
   */
  static boolean isWeight(NDArray array) {
    if (array.getShape().dimension() < 2) {
      return false;
    }
    String name = array.getName();
    if (name != null && WEIGHT.matcher(name).matches()) {
      return true;
    }
    if (name != null && FLOAT.matcher(name).matches()) {
      return false;
    }
    throw new IllegalStateException(
        "parameter of shape "
            + array.getShape()
            + (name == null ? " without a name" : " named " + name)
            + " may be a weight or not; call attach(block) before training");
  }
}
