package org.bitloom.update;

import java.nio.FloatBuffer;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.FirstLatents;
import org.bitloom.bits.FrozenBits;
import org.bitloom.bits.InitialLatents;
import org.bitloom.bits.QuantizedLatents;
import org.bitloom.update.kernel.Chunk;
import org.bitloom.update.kernel.FrozenFields;
import org.bitloom.update.kernel.Staircase;
import org.bitloom.update.kernel.UpdateKernels;
import org.bitloom.update.kernel.Workers;

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
public final class BitwiseParameter implements TrainedParameter {
  /**
   * How a tensor is trained.
   *
   * @param layout depth and trained bits
   * @param rule how the latents of a weight move
   * @param method the optimizer
   * @param drift pull on trained magnitude latents per unit of learning rate; 0 or more
   * @param frozenBits what frozen bits hold
   */
  public record Training(
      BitLayout layout, UpdateRule rule, Method method, double drift, FrozenBits frozenBits) {
    public Training {
      if (!(drift >= 0) || Double.isInfinite(drift)) {
        throw new IllegalArgumentException("drift must be 0 or more, got " + drift);
      }
    }

    /** Leaves noise in frozen bits. */
    public Training(BitLayout layout, UpdateRule rule, Method method, double drift) {
      this(layout, rule, method, drift, FrozenBits.DRAWN);
    }

    /** Returns the same with other depth and trained bits. */
    public Training with(BitLayout other) {
      return new Training(other, rule, method, drift, frozenBits);
    }
  }

  private final String name;
  private final int size;
  private final Training training;
  private final UpdateKernels kernels;
  private final FrozenFields frozen;
  private final MagnitudeLatents magnitude;
  private final float[] sign;
  private final Moments signMoments;
  private final float topPower;
  private final float[] scale = new float[1];
  private final long[] steps = new long[1];

  /**
   * Creates a tensor with seeded initial latents; frozen bits are noise from the same draws, unless
   * the training fills them.
   *
   * @param name of the parameter, names its random stream
   * @param size number of weights
   * @param fanIn inputs per output unit
   */
  public BitwiseParameter(
      String name, int size, int fanIn, Training training, UpdateKernels kernels, long seed) {
    this(
        name,
        size,
        training,
        kernels,
        new InitialLatents(seed, name, training.layout().depth(), fanIn));
  }

  private BitwiseParameter(
      String name, int size, Training training, UpdateKernels kernels, FirstLatents first) {
    BitLayout layout = training.layout();
    this.name = name;
    this.size = size;
    this.training = training;
    this.kernels = kernels;
    this.frozen = new FrozenFields(layout, size);
    int[] magnitudeBits = layout.trainedMagnitudeBits();
    int top = magnitudeBits.length == 0 ? 0 : magnitudeBits[magnitudeBits.length - 1];
    this.topPower = Staircase.powerOfTwo(top);
    this.magnitude =
        magnitudeBits.length == 0
            ? null
            : MagnitudeLatents.of(
                training.rule(), training.method(), layout, size, first.magnitudeDeviation());
    this.sign = layout.signTrained() ? new float[size] : null;
    this.signMoments = layout.signTrained() ? Moments.of(training.method(), size) : null;
    int[] drawn = place(first);
    boolean filled = training.frozenBits() != FrozenBits.DRAWN && frozen.bits() > 0;
    scale[0] = filled ? first.scale(fill(drawn)) : first.scale();
  }

  /**
   * Creates a tensor that starts from given weights: its bits, frozen ones too unless the training
   * fills them, are those of the weights rounded to the depth; its latents tell how far each is
   * from where a bit should flip.
   *
   * @param name of the parameter
   * @param weights [size], finite; read
   * @param fanIn inputs per output unit
   * @throws IllegalArgumentException if a weight is not finite
   */
  public static BitwiseParameter fromWeights(
      String name, float[] weights, int fanIn, Training training, UpdateKernels kernels) {
    FirstLatents first;
    try {
      first = new QuantizedLatents(weights, training.layout(), fanIn);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("parameter " + name + ": " + e.getMessage(), e);
    }
    return new BitwiseParameter(name, weights.length, training, kernels, first);
  }

  /** Places the latents and frozen bits as drawn, and returns the bit strings. */
  private int[] place(FirstLatents first) {
    int depth = training.layout().depth();
    float[] latents = new float[depth];
    int[] codes = new int[size];
    for (int weight = 0; weight < size; weight++) {
      codes[weight] = first.next(latents);
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

  /** Replaces the frozen bits of {@code drawn} and returns what comes out. */
  private int[] fill(int[] drawn) {
    int trained = training.layout().trained();
    int[] codes = drawn.clone();
    training.frozenBits().fill(name, training.layout(), codes);
    int inside = -1 >>> (BitLayout.MAX_DEPTH - training.layout().depth());
    for (int weight = 0; weight < size; weight++) {
      codes[weight] = (drawn[weight] & trained) | (codes[weight] & ~trained & inside);
      frozen.set(weight, codes[weight]);
    }
    return codes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return size;
  }

  /** Returns depth and trained bits. */
  public BitLayout layout() {
    return training.layout();
  }

  /** Returns the float from integer weight to real weight. */
  public float scale() {
    return scale[0];
  }

  @Override
  public long steps() {
    return steps[0];
  }

  @Override
  public void step(FloatBuffer gradient, FloatBuffer weight, double rate, Workers workers) {
    StepInput.check(this, gradient, weight, rate);
    FloatParameter.requireFinite(this, steps[0] + 1, gradient, kernels, workers);
    steps[0]++;
    Moments.Step step = new Moments.Step(steps[0], rate, (float) (rate * training.drift()));
    if (magnitude != null) {
      magnitude.begin(step);
    }
    UpdateKernels.Descent signDescent =
        signMoments == null ? null : signMoments.descent(new Moments.Step(steps[0], rate, 0), 0);
    float top = scale[0] * topPower;
    workers.run(
        size,
        chunk -> {
          gradient.get(chunk.from, chunk.gradient, 0, chunk.count);
          weight.get(chunk.from, chunk.weight, 0, chunk.count);
          move(chunk, top, signDescent);
          compose(chunk);
          weight.put(chunk.from, chunk.weight, 0, chunk.count);
        });
  }

  private void move(Chunk chunk, float top, UpdateKernels.Descent signDescent) {
    kernels.latentGradients(chunk, top);
    if (magnitude != null) {
      magnitude.update(chunk, kernels);
    }
    if (sign != null) {
      signMoments.move(sign, chunk.from, chunk.signGradient, chunk, kernels, signDescent);
    }
  }

  private void compose(Chunk chunk) {
    composeCodes(chunk);
    kernels.weights(chunk, layout().depth(), scale[0]);
  }

  private void composeCodes(Chunk chunk) {
    kernels.frozenBits(frozen, chunk);
    if (magnitude != null) {
      magnitude.addBits(chunk, kernels);
    }
    if (sign != null) {
      kernels.latentBits(sign, chunk, layout().signBit());
    }
  }

  /** Writes the real weights, [size], as the state composes them. */
  public void weights(FloatBuffer weight, Workers workers) {
    workers.run(
        size,
        chunk -> {
          compose(chunk);
          weight.put(chunk.from, chunk.weight, 0, chunk.count);
        });
  }

  /** Writes the bit string of every weight, [size]; see {@link org.bitloom.bits.SignMagnitude}. */
  public void codes(int[] codes, Workers workers) {
    workers.run(
        size,
        chunk -> {
          composeCodes(chunk);
          System.arraycopy(chunk.code, 0, codes, chunk.from, chunk.count);
        });
  }

  @Override
  public void visit(StateVisitor visitor) {
    visitor.longs("steps", steps);
    visitor.floats("scale", scale);
    if (frozen.bits() > 0) {
      visitor.ints("frozen", frozen.packed());
    }
    if (magnitude != null) {
      magnitude.visit(visitor);
    }
    if (sign != null) {
      visitor.floats("sign", sign);
      signMoments.visit("sign", visitor);
    }
  }
}
