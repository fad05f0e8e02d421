package org.bitloom.settings;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.FrozenChoice;
import org.bitloom.bits.LatentDeviation;
import org.bitloom.bits.LayerRule;
import org.bitloom.error.UsageException;
import org.bitloom.update.UpdateRule;
import org.bitloom.update.ZeroTarget;

/**
 * Everything that decides what a run computes; two runs with equal settings end in equal bytes.
 *
 * @param network name of the network, {@code lenet300}
 * @param data which samples it sees
 * @param weights how weights of dense layers and convolutions are trained
 * @param optimizer what moves latents and floats
 * @param schedule epochs, and the learning rate of every step
 * @param batch samples per step, 1..training samples
 * @param seed of every random number of the run
 * @param threads of the engine and of the update, at least 1
 * @param initFrom network whose weights the run starts from; empty = drawn
 * @param nested network carried in frozen low bits; empty = none
 * @param payload file carried in all frozen bits; empty = none. Without both they hold noise
 */
public record RunSettings(
    String network,
    DataSettings data,
    Weights weights,
    OptimizerSettings optimizer,
    Schedule schedule,
    int batch,
    long seed,
    int threads,
    Optional<InitFrom> initFrom,
    Optional<Nested> nested,
    Optional<Payload> payload) {

  /** How weights of dense layers and convolutions are trained. */
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
   * @param layers depth and mask of single layers, the last rule that fits a layer counts
   * @param latents how far from zero latents begin
   * @param zeros share of zero weights that the drift is steered to; empty = the drift stays
   * @param frozenBits what frozen bits hold where the run starts from given weights
   */
  public record BitWeights(
      int depth,
      BitMask mask,
      UpdateRule rule,
      double drift,
      List<LayerRule> layers,
      LatentDeviation latents,
      OptionalDouble zeros,
      FrozenChoice frozenBits)
      implements Weights {
    public BitWeights {
      layers = List.copyOf(layers);
      mask.at(depth);
      if (!(drift >= 0) || Double.isInfinite(drift)) {
        throw new UsageException("drift must be 0 or more, got " + drift, "try --drift 0.02");
      }
      zeros.ifPresent(ZeroTarget::checkShare);
      if (zeros.isPresent() && drift != 0) {
        throw new UsageException(
            "--zeros steers the drift, so it must stand without --drift, got both",
            "leave out one of the two");
      }
    }

    /** Trains all layers alike. */
    public BitWeights(int depth, BitMask mask, UpdateRule rule, double drift) {
      this(
          depth,
          mask,
          rule,
          drift,
          List.of(),
          LatentDeviation.PAPER,
          OptionalDouble.empty(),
          FrozenChoice.ROUNDED);
    }

    /** Returns the same with a choice of what frozen bits hold. */
    BitWeights with(FrozenChoice frozen) {
      return new BitWeights(depth, mask, rule, drift, layers, latents, zeros, frozen);
    }
  }

  public RunSettings {
    if (batch < 1) {
      throw new UsageException("batch must be at least 1, got " + batch, "try --batch 64");
    }
    if (threads < 1) {
      throw new UsageException("threads must be at least 1, got " + threads, "raise --threads");
    }
    if (nested.isPresent() && weights instanceof FloatWeights) {
      throw new UsageException(
          "weights must have bits to nest a network in, got floats", "leave out --float");
    }
    if (payload.isPresent() && (nested.isPresent() || weights instanceof FloatWeights)) {
      throw new UsageException(
          "a payload must have the frozen bits for itself, got "
              + (nested.isPresent() ? "a network to nest too" : "floats"),
          nested.isPresent() ? "leave out --nested or --payload" : "leave out --float");
    }
  }

  /** Starts from drawn weights, with noise in frozen bits and the usual settings of a method. */
  public RunSettings(
      String network,
      DataSettings data,
      Weights weights,
      String optimizer,
      Schedule schedule,
      int batch,
      long seed,
      int threads) {
    this(
        network,
        data,
        weights,
        OptimizerSettings.of(optimizer),
        schedule,
        batch,
        seed,
        threads,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns the same settings with the network to start from in another place. */
  public RunSettings startingFrom(InitFrom located) {
    return new RunSettings(
        network,
        data,
        weights,
        optimizer,
        schedule,
        batch,
        seed,
        threads,
        Optional.of(located),
        nested,
        payload);
  }

  /** Returns the same settings with other data. */
  public RunSettings withData(DataSettings other) {
    return new RunSettings(
        network, other, weights, optimizer, schedule, batch, seed, threads, initFrom, nested,
        payload);
  }

  /**
   * Returns the same settings with a payload. It takes the place of noise, also where the run
   * starts from given weights.
   */
  public RunSettings carrying(Payload load) {
    boolean noise = initFrom.isPresent() && weights instanceof BitWeights;
    return new RunSettings(
        network,
        data,
        noise ? ((BitWeights) weights).with(FrozenChoice.NOISE) : weights,
        optimizer,
        schedule,
        batch,
        seed,
        threads,
        initFrom,
        nested,
        Optional.of(load));
  }
}
