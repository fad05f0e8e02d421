package org.bitloom.update;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.FrozenBits;
import org.bitloom.bits.InitialLatents;
import org.bitloom.bits.QuantizedLatents;
import org.bitloom.update.kernel.Chunk;
import org.bitloom.update.kernel.FrozenFields;
import org.bitloom.update.kernel.Staircase;
import org.bitloom.update.kernel.ThreadTeam;
import org.bitloom.update.kernel.UpdateKernels;
import org.bitloom.update.kernel.UpdateKernels.Descent;

/**
 * The training state of one bit-wise weight tensor: latents of its trained bits, packed fields of
 * its frozen ones.
 *
 * <p>State per weight at depth k with t trained magnitude bits and a trained sign, Adam: {@code
 * independent} 4*(t+5) bytes, {@code coupled} 24 + 4*ceil(t/4) bytes, plus a bit per frozen bit, in
 * whole blocks of 512 weights. Moments are kept in units of the most significant trained magnitude
 * bit, so that depth 32 does not underflow. docs/algorithm.md.
 *
 * @see <a href="https://arxiv.org/abs/2202.09571">arXiv:2202.09571, section 3</a>
 */
final class BitwiseParameter extends TrainedParameter {
  private final BitLayout layout;
  private final DoubleSupplier drift;
  private final FrozenFields frozen;
  private final MagnitudeLatents magnitude;
  private final float[] sign;
  private final Moments signMoments;
  private final Descent signDescent = new Descent();
  private final float topPower;
  private final float[] scale = new float[1];

  /**
   * Creates a tensor; frozen bits hold what the initial latents give, unless the training fills
   * them.
   *
   * @param name of the parameter
   * @param size number of weights
   */
  BitwiseParameter(
      String name,
      int size,
      BitLayout layout,
      Training training,
      UpdateKernels kernels,
      InitialLatents initial) {
    this(name, size, layout, training, training::drift, kernels, initial);
  }

  /**
   * Creates a tensor whose drift may change from step to step.
   *
   * @see #BitwiseParameter(String, int, BitLayout, Training, UpdateKernels, InitialLatents)
   */
  BitwiseParameter(
      String name,
      int size,
      BitLayout layout,
      Training training,
      DoubleSupplier drift,
      UpdateKernels kernels,
      InitialLatents initial) {
    super(name, size, kernels);
    this.layout = layout;
    this.drift = drift;
    this.frozen = new FrozenFields(layout, size);
    int[] magnitudeBits = layout.trainedMagnitudeBits();
    int top = magnitudeBits.length == 0 ? 0 : magnitudeBits[magnitudeBits.length - 1];
    this.topPower = Staircase.powerOfTwo(top);
    this.magnitude =
        magnitudeBits.length == 0
            ? null
            : MagnitudeLatents.of(
                training.rule(), training.method(), layout, size, initial.magnitudeDeviation());
    this.sign = layout.signTrained() ? new float[size] : null;
    this.signMoments = layout.signTrained() ? Moments.of(training.method(), size) : null;
    boolean filled = training.frozenBits() != FrozenBits.DRAWN && frozen.bits() > 0;
    if (filled && initial instanceof QuantizedLatents weights) {
      InitialLatents around = weights.around(name, training.frozenBits());
      place(around);
      scale[0] = around.scale();
    } else {
      int[] placed = place(initial);
      scale[0] = filled ? initial.scale(fill(placed, training.frozenBits())) : initial.scale();
    }
  }

  /** Places the initial latents and frozen bits, and returns the bit strings. */
  private int[] place(InitialLatents initial) {
    int depth = layout.depth();
    float[] latents = new float[depth];
    int[] codes = new int[size()];
    for (int weight = 0; weight < codes.length; weight++) {
      codes[weight] = initial.next(latents);
      frozen.set(weight, codes[weight]);
      if (magnitude != null) {
        magnitude.place(weight, latents);
      }
      if (sign != null) {
        sign[weight] = latents[depth - 1];
      }
    }
    return codes;
  }

  /** Replaces the frozen bits of {@code placed} and returns what comes out. */
  private int[] fill(int[] placed, FrozenBits source) {
    int trained = layout.trained();
    int[] codes = placed.clone();
    source.fill(name(), layout, codes);
    int inside = -1 >>> (BitLayout.MAX_DEPTH - layout.depth());
    for (int weight = 0; weight < codes.length; weight++) {
      codes[weight] = (placed[weight] & trained) | (codes[weight] & ~trained & inside);
      frozen.set(weight, codes[weight]);
    }
    return codes;
  }

  /**
   * Returns how far magnitude latents must be pulled down until a weight is zero: infinitely, where
   * a frozen bit or a lack of magnitude bits keeps it from it; minus infinity, where nothing but
   * frozen zeros makes its magnitude.
   */
  float margin(int weight) {
    float fixed = neverOrAlways(weight);
    return fixed != 0 || magnitude == null ? fixed : magnitude.margin(weight);
  }

  /** Returns the part of the margin that never changes. */
  float fixedMargin(int weight) {
    float fixed = neverOrAlways(weight);
    return fixed != 0 || magnitude == null ? fixed : magnitude.fixedMargin(weight);
  }

  private float neverOrAlways(int weight) {
    int magnitudeBits = BitLayout.allBits(layout.depth()) >>> 1;
    if (layout.depth() == 1 || (frozen.code(weight) & magnitudeBits) != 0) {
      return Float.POSITIVE_INFINITY;
    }
    return magnitude == null ? Float.NEGATIVE_INFINITY : 0;
  }

  /** Returns the share of weights that can be zero. */
  double zeroable() {
    int can = 0;
    for (int weight = 0; weight < size(); weight++) {
      can += neverOrAlways(weight) == Float.POSITIVE_INFINITY ? 0 : 1;
    }
    return (double) can / size();
  }

  /** Returns the float from integer weight to real weight. */
  float scale() {
    return scale[0];
  }

  /** Returns where the trained magnitude bits switch on, of rule {@code coupled}. */
  Optional<Staircase> staircase() {
    return magnitude instanceof CoupledLatents coupled
        ? Optional.of(coupled.staircase())
        : Optional.empty();
  }

  @Override
  float steepest() {
    float ofMagnitude = magnitude == null ? 0 : scale[0] * topPower;
    float largestWeight = scale[0] * Staircase.powerOfTwo(layout.signBit());
    return Math.max(ofMagnitude, sign == null ? 0 : largestWeight);
  }

  @Override
  void prepare(long step, double rate) {
    if (magnitude != null) {
      magnitude.prepare(step, rate, (float) (rate * drift.getAsDouble()));
    }
    if (signMoments != null) {
      signMoments.prepare(signDescent, step, rate, 0);
    }
  }

  @Override
  void move(Chunk chunk) {
    kernels().latentGradients(chunk, scale[0] * topPower);
    if (magnitude != null) {
      magnitude.update(chunk, kernels());
    }
    if (sign != null) {
      signMoments.move(sign, chunk.from, chunk.signGradient, chunk, kernels(), signDescent);
    }
    compose(chunk);
  }

  private void compose(Chunk chunk) {
    composeCodes(chunk);
    kernels().weights(chunk, layout.depth(), scale[0]);
  }

  private void composeCodes(Chunk chunk) {
    kernels().frozenBits(frozen, chunk);
    if (magnitude != null) {
      magnitude.addBits(chunk, kernels());
    }
    if (sign != null) {
      kernels().latentBits(sign, chunk, layout.signBit());
    }
  }

  /** Writes the real weights, [size], as the state composes them. */
  void weights(FloatBuffer weight, ThreadTeam team) {
    team.run(
        size(),
        chunk -> {
          compose(chunk);
          weight.put(chunk.from, chunk.weight, 0, chunk.count);
        });
  }

  /** Writes the bit string of every weight, [size]. */
  void codes(int[] codes, ThreadTeam team) {
    team.run(
        size(),
        chunk -> {
          composeCodes(chunk);
          System.arraycopy(chunk.code, 0, codes, chunk.from, chunk.count);
        });
  }

  @Override
  void visit(BiConsumer<String, Object> arrays) {
    super.visit(arrays);
    arrays.accept("scale", scale);
    if (frozen.bits() > 0) {
      arrays.accept("frozen", frozen.packed());
    }
    if (magnitude != null) {
      magnitude.visit(arrays);
    }
    if (sign != null) {
      arrays.accept("sign", sign);
      signMoments.visit("sign", arrays);
    }
  }
}
