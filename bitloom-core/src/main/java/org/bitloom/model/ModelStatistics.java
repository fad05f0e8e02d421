package org.bitloom.model;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a whole model holds. Totals count the weights of layers only; biases and norms are among the
 * layers, but not counted.
 *
 * @param model the model
 * @param layers statistics of its tensors, in the same order
 */
public record ModelStatistics(BitModel model, List<LayerStatistics> layers) {
  public ModelStatistics {
    layers = List.copyOf(layers);
  }

  /** Counts a model. */
  public static ModelStatistics of(BitModel model) {
    return new ModelStatistics(model, model.tensors().stream().map(LayerStatistics::of).toList());
  }

  private IntStream weightLayers() {
    return IntStream.range(0, layers.size()).filter(i -> model.isWeight(model.tensors().get(i)));
  }

  /** Returns the number of weights. */
  public long weights() {
    return weightLayers().mapToLong(i -> layers.get(i).weights()).sum();
  }

  /** Returns the share of weights that are exactly 0, 0..1. */
  public double zeroShare() {
    long zeros = weightLayers().mapToLong(i -> layers.get(i).zero()).sum();
    return weights() == 0 ? 0 : (double) zeros / weights();
  }

  /** Returns the bytes that all parameters take if each bit takes one. */
  public long packedBytes() {
    return layers.stream().mapToLong(LayerStatistics::packedBytes).sum();
  }

  /** Returns the greatest depth of its bit-wise weights; 0 if all are floats. */
  public static int deepest(BitModel model) {
    return model.tensors().stream()
        .mapToInt(tensor -> tensor instanceof BitTensor bits ? bits.layout().depth() : 0)
        .reduce(0, Math::max);
  }
}
