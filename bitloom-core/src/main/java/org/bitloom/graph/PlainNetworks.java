package org.bitloom.graph;

import java.util.List;

/**
 * Networks without shortcuts and norms: LeNet-300-100 and Conv2, Conv4, Conv6. No layer has a bias,
 * as in the paper.
 *
 * @see <a href="https://arxiv.org/abs/1803.03635">arXiv:1803.03635, figure 2, where they are
 *     from</a>
 */
final class PlainNetworks {
  private PlainNetworks() {}

  /** Chains dense layers with ReLU between them: LeNet-300-100 has hidden layers 300 and 100. */
  static Graph lenet300(List<Integer> inputShape, int classes) {
    return head(new GraphDraft(inputShape), 0, List.of(300, 100), classes);
  }

  /**
   * Chains stages of two 3x3 convolutions and a pool, the first with 64 filters, each next with
   * twice as many, then dense layers 256-256-classes.
   *
   * @param stages 1..3 for Conv2, Conv4, Conv6
   */
  static Graph conv(int stages, List<Integer> inputShape, int classes) {
    GraphDraft draft = new GraphDraft(inputShape);
    int layer = 0;
    for (int stage = 1; stage <= stages; stage++) {
      for (int i = 0; i < 2; i++) {
        layer++;
        draft.convolution("conv" + layer, 32 << stage, 3, 1).relu("relu" + layer);
      }
      draft.halve("pool" + stage);
    }
    return head(draft, layer, List.of(256, 256), classes);
  }

  private static Graph head(GraphDraft draft, int relus, List<Integer> hidden, int classes) {
    draft.flatten("flatten");
    for (int i = 1; i <= hidden.size(); i++) {
      draft.dense("dense" + i, hidden.get(i - 1)).relu("relu" + (relus + i));
    }
    return draft.dense("dense" + (hidden.size() + 1), classes).graph();
  }
}
