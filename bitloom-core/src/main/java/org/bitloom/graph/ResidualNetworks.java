package org.bitloom.graph;

import java.util.List;

/**
 * Residual networks for small images, in three stages: the first keeps height and width, the other
 * two halve them.
 *
 * <p>A shortcut whose shape changes is a 1x1 convolution without norm, as in the paper; its weight
 * comes after those of the block that it leads around.
 *
 * @see <a href="https://arxiv.org/abs/1512.03385">arXiv:1512.03385, section 4.2 (v1)</a>
 * @see <a href="https://arxiv.org/abs/1603.05027">arXiv:1603.05027 (v2)</a>
 */
final class ResidualNetworks {
  private static final int STAGES = 3;
  private static final int FIRST_FILTERS = 16;

  private ResidualNetworks() {}

  /**
   * Builds version 1: blocks of two 3x3 convolutions with 16, 32, 64 filters, norm and ReLU after
   * each, the last ReLU after the sum.
   *
   * @param depth 6n+2: 20, 32, 44, 56, 110
   */
  static Graph v1(int depth, List<Integer> inputShape, int classes) {
    GraphDraft draft = new GraphDraft(inputShape);
    draft.convolution("conv1", FIRST_FILTERS, 3, 1).norm("norm1").relu("relu1");
    int blocks = (depth - 2) / 6;
    for (int stage = 1; stage <= STAGES; stage++) {
      for (int block = 1; block <= blocks; block++) {
        boolean changes = stage > 1 && block == 1;
        basic(draft, prefix(stage, block), FIRST_FILTERS << (stage - 1), changes);
      }
    }
    return draft.average("pool1").dense("dense1", classes).graph();
  }

  private static String prefix(int stage, int block) {
    return "stage" + stage + ".block" + block + ".";
  }

  private static void basic(GraphDraft draft, String at, int filters, boolean changes) {
    String input = draft.last();
    int stride = changes ? 2 : 1;
    draft.convolution(at + "conv1", filters, 3, stride).norm(at + "norm1").relu(at + "relu1");
    draft.convolution(at + "conv2", filters, 3, 1).norm(at + "norm2");
    sum(draft, at, input, changes, filters, stride);
    draft.relu(at + "relu2");
  }

  /** Adds what the block began with, through a convolution if its shape changes. */
  private static void sum(
      GraphDraft draft, String at, String input, boolean changes, int filters, int stride) {
    String body = draft.last();
    draft.from(input);
    if (changes) {
      draft.convolution(at + "shortcut", filters, 1, stride);
    }
    draft.add(at + "add", body, draft.last());
  }

  /**
   * Builds version 2: bottleneck blocks, norm and ReLU before each convolution; the stages give 64,
   * 128 and 256 channels.
   *
   * @param depth 9n+2: 29, 56, 110
   */
  static Graph v2(int depth, List<Integer> inputShape, int classes) {
    GraphDraft draft = new GraphDraft(inputShape);
    draft.convolution("conv1", FIRST_FILTERS, 3, 1).norm("norm1").relu("relu1");
    int blocks = (depth - 2) / 9;
    int inside = FIRST_FILTERS;
    for (int stage = 1; stage <= STAGES; stage++) {
      int outside = stage == 1 ? 4 * FIRST_FILTERS : 2 * inside;
      for (int block = 1; block <= blocks; block++) {
        bottleneck(draft, stage, block, inside, outside);
      }
      inside = outside;
    }
    return draft.norm("norm2").relu("relu2").average("pool1").dense("dense1", classes).graph();
  }

  private static void bottleneck(GraphDraft draft, int stage, int block, int inside, int outside) {
    String at = prefix(stage, block);
    String input = draft.last();
    int stride = stage > 1 && block == 1 ? 2 : 1;
    if (stage > 1 || block > 1) { // the very first block follows a norm and ReLU already
      draft.norm(at + "norm1").relu(at + "relu1");
    }
    draft.convolution(at + "conv1", inside, 1, stride);
    draft.norm(at + "norm2").relu(at + "relu2").convolution(at + "conv2", inside, 3, 1);
    draft.norm(at + "norm3").relu(at + "relu3").convolution(at + "conv3", outside, 1, 1);
    sum(draft, at, input, block == 1, outside, stride);
  }
}
