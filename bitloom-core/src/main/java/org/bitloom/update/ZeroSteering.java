package org.bitloom.update;

import java.util.List;
import java.util.Locale;
import org.bitloom.error.UsageException;

/** Shows a dial the margins of a state in Java arrays, when it is due. */
final class ZeroSteering {
  private final ZeroDial dial;
  private final List<ParameterSpec> specs;
  private final List<TrainedParameter> trained;
  private final WeightSample sample;
  private final int first;

  /** Reads a margin of a weight. */
  @FunctionalInterface
  private interface Margin {
    float of(BitwiseParameter bits, int weight);
  }

  /**
   * Steers by all bit-wise parameters.
   *
   * @param trained one for each of the specs
   */
  ZeroSteering(ZeroDial dial, List<ParameterSpec> specs, List<TrainedParameter> trained) {
    this.dial = dial;
    this.specs = specs;
    this.trained = trained;
    this.sample = WeightSample.of(specs);
    int found = 0;
    while (found < specs.size() && !specs.get(found).isBitwise()) {
      found++;
    }
    this.first = found;
  }

  /**
   * Checks that enough weights can be zero.
   *
   * @throws UsageException if frozen bits keep too many from it
   */
  void requireReach() {
    double can = 0;
    long all = 0;
    for (TrainedParameter parameter : trained) {
      if (parameter instanceof BitwiseParameter bits) {
        can += bits.zeroable() * bits.size();
        all += bits.size();
      }
    }
    double reach = all == 0 ? 0 : can / all;
    if (dial.share() > reach) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "share of zeros must be at most %.4f, as no more weights can be zero beside their"
                  + " frozen bits, got %s",
              reach,
              dial.share()),
          "lower --zeros, or train all bits with --mask all");
    }
  }

  /** Lets the dial look, if it is due, before a step of the first bit-wise parameter. */
  void before(int parameter, double rate) {
    if (parameter == first) {
      long taken = trained.get(first).steps();
      if (dial.isDue(taken)) {
        dial.look(margins(BitwiseParameter::margin), taken, rate);
      }
    }
  }

  /** Lets the dial look, if it is due, before a step of all parameters. */
  void beforeAll(double[] rates) {
    if (first < rates.length) {
      before(first, rates[first]);
    }
  }

  private float[] margins(Margin margin) {
    float[] margins = new float[sample.count()];
    for (int i = 0; i < margins.length; i++) {
      BitwiseParameter bits = (BitwiseParameter) trained.get(sample.parameter()[i]);
      margins[i] = margin.of(bits, sample.weight()[i]);
    }
    return margins;
  }

  /** Shows every weight of the sample with the part of its margin that never changes. */
  void each(CpuState.SampledWeight weights) {
    float[] fixed = margins(BitwiseParameter::fixedMargin);
    for (int i = 0; i < fixed.length; i++) {
      weights.accept(i, specs.get(sample.parameter()[i]).name(), sample.weight()[i], fixed[i]);
    }
  }
}
