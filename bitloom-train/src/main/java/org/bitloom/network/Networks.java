package org.bitloom.network;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.bitloom.error.UsageException;

/** The networks that bitloom knows by name. */
public final class Networks {
  private static final Map<String, IntFunction<Block>> BY_NAME =
      new TreeMap<>(Map.of("lenet300", classes -> dense(List.of(300, 100), classes)));

  private Networks() {}

  /** Returns the known names. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * Checks a name without loading the engine.
   *
   * @throws UsageException if the name is unknown
   */
  public static void checkName(String name) {
    if (!BY_NAME.containsKey(name)) {
      throw new UsageException(
          "network must be one of " + String.join(", ", names()) + ", got '" + name + "'",
          "choose one with --net");
    }
  }

  /**
   * Builds a network, not yet initialized; its input is {@code [batch, channels, height, width]},
   * its output {@code [batch, classes]} logits.
   *
   * @throws UsageException if the name is unknown
   */
  public static Block build(String name, int classes) {
    checkName(name);
    return BY_NAME.get(name).apply(classes);
  }

  /** Dense layers without bias, ReLU between them: LeNet-300-100 has hidden layers 300 and 100. */
  private static Block dense(List<Integer> hidden, int classes) {
    SequentialBlock block = new SequentialBlock().add(Blocks.batchFlattenBlock());
    for (int units : hidden) {
      block.add(linear(units)).add(Activation.reluBlock());
    }
    return block.add(linear(classes));
  }

  private static Block linear(int units) {
    return Linear.builder().setUnits(units).optBias(false).build();
  }
}
