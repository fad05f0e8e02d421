package org.bitloom.network;

import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import java.util.List;

/**
 * Networks without shortcuts and norms: LeNet-300-100 and Conv2, Conv4, Conv6.
 *
 * @see <a href="https://arxiv.org/abs/1803.03635">arXiv:1803.03635, figure 2, where they are
 *     from</a>
 */
final class PlainNets {
  private static final List<Integer> CONV_HEAD = List.of(256, 256);

  private PlainNets() {}

  /** Chains dense layers with ReLU between them: LeNet-300-100 has hidden layers 300 and 100. */
  static Block dense(List<Integer> hidden, int classes) {
    return addDense(new Chain(), hidden, classes);
  }

  /**
   * Chains stages of two 3x3 convolutions and a pool, the first with 64 filters, each next with
   * twice as many, then dense layers 256-256-classes.
   *
   * @param stages 1..3 for Conv2, Conv4, Conv6
   */
  static Block conv(int stages, int classes) {
    Chain block = new Chain();
    for (int stage = 0; stage < stages; stage++) {
      int filters = 64 << stage;
      block.add(Layers.conv3(filters, 1)).add(Layers.relu());
      block.add(Layers.conv3(filters, 1)).add(Layers.relu());
      block.add(Layers.halve());
    }
    return addDense(block, CONV_HEAD, classes);
  }

  private static Block addDense(Chain block, List<Integer> hidden, int classes) {
    block.add(Blocks.batchFlattenBlock());
    for (int units : hidden) {
      block.add(Layers.dense(units)).add(Layers.relu());
    }
    return block.add(Layers.dense(classes));
  }
}
