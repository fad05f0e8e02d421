package org.bitloom.run;

import org.bitloom.bits.BitMask;
import org.bitloom.error.UsageException;
import org.bitloom.update.UpdateRule;

/**
 * Everything that decides what a run computes; two runs with equal settings end in equal bytes.
 *
 * @param network name of the network, {@code lenet300}
 * @param data name of the data set, {@code mnist}, or a folder of idx files
 * @param weights how weights of two or more dimensions are trained
 * @param optimizer {@code adam} or {@code sgd}
 * @param schedule learning rate per epoch
 * @param batch samples per step, 1..training samples
 * @param validation share of the training samples held out, 0..1 exclusive; 0 = none
 * @param limit first training samples after the seeded shuffle; 0 = all
 * @param seed of every random number of the run
 * @param threads of the engine and of the update, at least 1
 */
public record RunSettings(
    String network,
    String data,
    Weights weights,
    String optimizer,
    Schedule schedule,
    int batch,
    double validation,
    int limit,
    long seed,
    int threads) {

  /** How weights of two or more dimensions are trained. */
  public sealed interface Weights {}

  /** The standard baseline: float weights. */
  public record FloatWeights() implements Weights {}

  /**
   * Bit-wise weights.
   *
   * @param depth bits per weight, sign included; 1..32
   * @param mask trained bits; must fit the depth
   * @param rule how the latents of a weight move
   * @param drift constant pull on trained magnitude latents per unit of learning rate; at least 0
   */
  public record BitWeights(int depth, BitMask mask, UpdateRule rule, double drift)
      implements Weights {
    public BitWeights {
      mask.at(depth);
      if (!(drift >= 0) || Double.isInfinite(drift)) {
        throw new UsageException("drift must be 0 or more, got " + drift, "try --drift 0.02");
      }
    }
  }

  public RunSettings {
    if (!optimizer.equals("adam") && !optimizer.equals("sgd")) {
      throw new UsageException(
          "optimizer must be adam or sgd, got '" + optimizer + "'", "choose one of the two");
    }
    if (batch < 1) {
      throw new UsageException("batch must be at least 1, got " + batch, "try --batch 64");
    }
    if (!(validation >= 0 && validation < 1)) {
      throw new UsageException(
          "validation must be a share from 0 to below 1, got " + validation, "try 0.1");
    }
    if (limit < 0) {
      throw new UsageException("limit must be 0 (all) or more, got " + limit, "raise --limit");
    }
    if (threads < 1) {
      throw new UsageException("threads must be at least 1, got " + threads, "raise --threads");
    }
  }
}
