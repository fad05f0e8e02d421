package org.bitloom.network;

import ai.djl.nn.Block;
import ai.djl.nn.Blocks;

/**
 * Residual networks for small images, in three stages: the first keeps height and width, the other
 * two halve them.
 *
 * <p>A shortcut whose shape changes is a 1x1 convolution without norm, as in the paper.
 *
 * @see <a href="https://arxiv.org/abs/1512.03385">arXiv:1512.03385, section 4.2 (v1)</a>
 * @see <a href="https://arxiv.org/abs/1603.05027">arXiv:1603.05027 (v2)</a>
 */
final class ResNets {
  private static final int STAGES = 3;
  private static final int FIRST_FILTERS = 16;

  private ResNets() {}

  /**
   * Builds version 1: blocks of two 3x3 convolutions with 16, 32, 64 filters, norm and ReLU after
   * each, the last ReLU after the sum.
   *
   * @param depth 6n+2: 20, 32, 44, 56, 110
   */
  static Block v1(int depth, int classes) {
    Chain net =
        new Chain().add(Layers.conv3(FIRST_FILTERS, 1)).add(Layers.batchNorm()).add(Layers.relu());
    int blocks = (depth - 2) / 6;
    for (int stage = 0; stage < STAGES; stage++) {
      for (int b = 0; b < blocks; b++) {
        boolean changes = stage > 0 && b == 0;
        net.add(basic(FIRST_FILTERS << stage, changes)).add(Layers.relu());
      }
    }
    return net.add(Layers.globalAverage()).add(Layers.dense(classes));
  }

  private static Block basic(int filters, boolean changes) {
    int stride = changes ? 2 : 1;
    Block body =
        new Chain()
            .add(Layers.conv3(filters, stride))
            .add(Layers.batchNorm())
            .add(Layers.relu())
            .add(Layers.conv3(filters, 1))
            .add(Layers.batchNorm());
    return new Sum(body, changes ? Layers.conv1(filters, stride) : Blocks.identityBlock());
  }

  /**
   * Builds version 2: bottleneck blocks, norm and ReLU before each convolution; the stages give 64,
   * 128 and 256 channels.
   *
   * @param depth 9n+2: 29, 56, 110
   */
  static Block v2(int depth, int classes) {
    Chain net = activated(new Chain().add(Layers.conv3(FIRST_FILTERS, 1)));
    int blocks = (depth - 2) / 9;
    int inside = FIRST_FILTERS;
    for (int stage = 0; stage < STAGES; stage++) {
      int outside = stage == 0 ? 4 * FIRST_FILTERS : 2 * inside;
      for (int b = 0; b < blocks; b++) {
        net.add(bottleneck(inside, outside, stage, b));
      }
      inside = outside;
    }
    return activated(net).add(Layers.globalAverage()).add(Layers.dense(classes));
  }

  private static Block bottleneck(int inside, int outside, int stage, int b) {
    int stride = stage > 0 && b == 0 ? 2 : 1;
    Chain body = new Chain();
    if (stage > 0 || b > 0) { // the very first block follows a norm and ReLU already
      activated(body);
    }
    body.add(Layers.conv1(inside, stride));
    activated(body).add(Layers.conv3(inside, 1));
    activated(body).add(Layers.conv1(outside, 1));
    return new Sum(body, b == 0 ? Layers.conv1(outside, stride) : Blocks.identityBlock());
  }

  private static Chain activated(Chain block) {
    return block.add(Layers.batchNorm()).add(Layers.relu());
  }
}
