package org.bitloom.bench.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.optimizer.Optimizer;
import org.bitloom.bits.DrawnLatents;

/**
 * The weight of a dense layer as docs/algorithm.md writes it, in tensor operations: one latent per
 * bit, bits by a straight-through threshold, the real weight composed where autograd sees it.
 *
 * <p>The sign has a latent tensor of its own: a slice of a common one would cost another copy of
 * all latents in the backward pass. Bits are added up by a product with their powers of two, which
 * measured faster than multiplying all and adding up.
 */
final class OpByOpLayer {
  private final String name;
  private final Shape shape;
  private final NDArray sign;
  private final NDArray magnitude;
  private final NDArray powers;
  private final NDArray minusTwo;
  private final NDArray one;
  private final NDArray scale;
  private final NDList owned = new NDList();

  /**
   * What a layer starts from: the draws of the parameter of the same name and seed.
   *
   * @param name of the parameter, names its random stream
   * @param depth bits per weight, all trained; 1..32
   * @param shape {@code [out, in]}
   */
  record Start(String name, long seed, int depth, Shape shape) {}

  /** Draws the latents; the manager then owns them in tensors. */
  OpByOpLayer(NDManager manager, Start start) {
    name = start.name();
    shape = start.shape();
    int bits = start.depth() - 1;
    DrawnLatents first = new DrawnLatents(start.seed(), name, start.depth(), (int) shape.get(1));
    float[][] latents = draw(first, start.depth(), (int) shape.size());
    sign = own(manager.create(latents[bits], shape));
    sign.setRequiresGradient(true);
    scale = own(manager.create(first.scale()));
    one = own(manager.create(1f));
    minusTwo = own(manager.create(-2f));
    if (bits == 0) {
      magnitude = null;
      powers = null;
      return;
    }
    NDList planes = new NDList();
    float[] worth = new float[bits];
    for (int bit = 0; bit < bits; bit++) {
      planes.add(manager.create(latents[bit], shape));
      worth[bit] = 1L << bit;
    }
    magnitude = own(NDArrays.stack(planes));
    planes.close();
    magnitude.setRequiresGradient(true);
    powers = own(manager.create(worth, new Shape(1, bits)));
  }

  private static float[][] draw(DrawnLatents first, int depth, int weights) {
    float[][] latents = new float[depth][weights];
    float[] ofWeight = new float[depth];
    for (int weight = 0; weight < weights; weight++) {
      first.next(ofWeight);
      for (int bit = 0; bit < depth; bit++) {
        latents[bit][weight] = ofWeight[bit];
      }
    }
    return latents;
  }

  private NDArray own(NDArray array) {
    owned.add(array);
    return array;
  }

  /** Moves all tensors into a manager, which then owns what is computed from them. */
  void attach(NDManager manager) {
    owned.attach(manager);
  }

  /** Composes the real weight, {@code [out, in]}; the manager of the tensors owns it. */
  NDArray compose() {
    NDArray factor = sign(sign);
    if (magnitude == null) {
      return factor.mul(scale);
    }
    long bits = magnitude.getShape().get(0);
    NDArray sum = powers.matMul(bit(magnitude).reshape(bits, shape.size()));
    return sum.reshape(shape).mul(scale).mul(factor);
  }

  /** Is exactly 0 or 1, with gradient 1: {@code x - stop(x)} is 0 but not to autograd. */
  private static NDArray bit(NDArray x) {
    return thresholded(x).add(x.sub(x.stopGradient()));
  }

  /** Is exactly 1 - 2b, with gradient -1. */
  private NDArray sign(NDArray x) {
    return thresholded(x).mul(minusTwo).add(one).sub(x.sub(x.stopGradient()));
  }

  private static NDArray thresholded(NDArray x) {
    return x.stopGradient().gt(0f).toType(DataType.FLOAT32, false);
  }

  /** Moves the latents by the gradients that autograd left, and clears those. */
  void update(Optimizer adam) {
    update(adam, name + " sign", sign);
    if (magnitude != null) {
      update(adam, name + " magnitude", magnitude);
    }
  }

  private static void update(Optimizer adam, String id, NDArray latents) {
    try (NDArray gradient = latents.getGradient()) {
      adam.update(id, latents, gradient);
    }
  }

  /** Returns the latents of a bit, the sign being the last, {@code [out * in]}. */
  float[] latents(int bit) {
    if (magnitude == null || bit == magnitude.getShape().get(0)) {
      return sign.toFloatArray();
    }
    try (NDArray plane = magnitude.stopGradient().get(bit)) {
      return plane.toFloatArray();
    }
  }

  /** Returns the composed weights, {@code [out * in]}. */
  float[] weights() {
    return compose().toFloatArray();
  }

  int depth() {
    return magnitude == null ? 1 : (int) magnitude.getShape().get(0) + 1;
  }

  float scale() {
    return scale.getFloat();
  }

  long size() {
    return shape.size();
  }
}
