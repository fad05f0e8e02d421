package org.bitloom.testkit;

import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/**
 * Trains bits the plain way: every trained bit of every weight has moments of its own and is moved
 * by its own gradient, without any shortcut. State grows with the depth; that is the point.
 *
 * <p>Drift is subtracted after each update from the trained magnitude latents, never from signs.
 */
public final class NaiveBitwiseTrainer {
  private final NaiveBitwiseWeight weight;
  private final NaiveMove[][] moves;
  private final IntToDoubleFunction driftOfBit;

  private NaiveBitwiseTrainer(
      NaiveBitwiseWeight weight, IntFunction<NaiveMove> moveOfBit, IntToDoubleFunction drift) {
    this.weight = weight;
    this.driftOfBit = drift;
    this.moves = new NaiveMove[weight.size()][weight.depth()];
    for (NaiveMove[] bits : moves) {
      for (int bit = 0; bit < bits.length; bit++) {
        bits[bit] = moveOfBit.apply(bit);
      }
    }
  }

  /** Builds Adam of rule {@code independent}: epsilon is 1e-7 for every bit. */
  public static NaiveBitwiseTrainer independentAdam(NaiveBitwiseWeight weight, double drift) {
    return new NaiveBitwiseTrainer(
        weight, bit -> NaiveMove.adam(NaiveMove.Adam.EPSILON), bit -> drift);
  }

  /** Builds gradient descent with momentum of rule {@code independent}. */
  public static NaiveBitwiseTrainer independentSgd(
      NaiveBitwiseWeight weight, double momentum, double drift) {
    return new NaiveBitwiseTrainer(weight, bit -> NaiveMove.sgd(momentum), bit -> drift);
  }

  /**
   * Builds Adam of rule {@code coupled}: epsilon of magnitude bit i is {@code guard * 2^(i-top)},
   * as its gradients are; the sign keeps 1e-7.
   *
   * @param guard epsilon of the most significant trained magnitude bit; above 0
   */
  public static NaiveBitwiseTrainer coupledAdam(
      NaiveBitwiseWeight weight, double guard, double drift) {
    int sign = weight.depth() - 1;
    return new NaiveBitwiseTrainer(
        weight,
        bit ->
            NaiveMove.adam(
                bit == sign ? NaiveMove.Adam.EPSILON : guard * relativeWorth(weight, bit)),
        bit -> drift);
  }

  /**
   * Builds gradient descent with momentum of rule {@code coupled}. Its latents are {@code x_i(0) +
   * 2^(i-top) * D}, and drift pulls D: so the pull on bit i is {@code drift * 2^(i-top)}.
   */
  public static NaiveBitwiseTrainer coupledSgd(
      NaiveBitwiseWeight weight, double momentum, double drift) {
    return new NaiveBitwiseTrainer(
        weight, bit -> NaiveMove.sgd(momentum), bit -> drift * relativeWorth(weight, bit));
  }

  private static double relativeWorth(NaiveBitwiseWeight weight, int bit) {
    return Math.pow(2, bit - weight.topTrainedMagnitudeBit());
  }

  /** Returns the weight being trained. */
  public NaiveBitwiseWeight weight() {
    return weight;
  }

  /**
   * Updates every trained bit once.
   *
   * @param gradient derivative of the loss by each real weight
   */
  public void step(double[] gradient, double learningRate) {
    if (gradient.length != weight.size()) {
      throw new IllegalArgumentException(
          "gradient must have one value per weight: " + weight.size() + ", got " + gradient.length);
    }
    for (int i = 0; i < gradient.length; i++) {
      stepWeight(i, gradient[i], learningRate);
    }
  }

  private void stepWeight(int i, double lossGradient, double learningRate) {
    int depth = weight.depth();
    double[] gradients = new double[depth]; // all taken before any bit moves
    for (int bit = 0; bit < depth; bit++) {
      gradients[bit] = weight.gradient(i, bit, lossGradient);
    }
    for (int bit = 0; bit < depth; bit++) {
      if (weight.isTrained(bit)) {
        weight.move(i, bit, moves[i][bit].next(gradients[bit], learningRate));
        if (bit < depth - 1) {
          weight.move(i, bit, learningRate * driftOfBit.applyAsDouble(bit));
        }
      }
    }
  }
}
