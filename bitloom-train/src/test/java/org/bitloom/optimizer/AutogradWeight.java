package org.bitloom.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.LatentDeviation;
import org.bitloom.update.ParameterSpec;
import org.bitloom.update.StateBackend;
import org.bitloom.update.UpdateRule;

/**
 * A weight tensor as docs/algorithm.md writes it: one latent array per bit, bits by a
 * straight-through threshold, the real weight composed by tensor operations. Its gradients are
 * whatever autograd makes of that.
 */
final class AutogradWeight {
  private static final double LEVELS_PER_DEVIATION = 32;
  private static final int BLOCK = 512;
  private static final int LANES = 16;

  private final Shape shape;
  private final BitLayout layout;
  private final float scale;
  private final double[][] latents;
  private NDArray[] arrays;

  /** Starts from the latents of a fresh parameter. */
  AutogradWeight(StateBackend<?> start, ParameterSpec spec, Shape shape, UpdateRule rule) {
    this.shape = shape;
    this.layout = spec.layout().orElseThrow();
    this.scale = start.scale(spec.name());
    this.latents = new double[layout.depth()][spec.size()];
    SavedState state = new SavedState(start, spec.name());
    readFrozen(state);
    int[] magnitude = layout.trainedMagnitudeBits();
    for (int step = 0; step < magnitude.length; step++) {
      if (rule == UpdateRule.INDEPENDENT) {
        readFloats(magnitude[step], state.floats("latent." + magnitude[step]));
      } else {
        readLevels(magnitude[step], step, state);
      }
    }
    if (layout.signTrained()) {
      readFloats(layout.signBit(), state.floats("sign"));
    }
  }

  /** Reads fields of packed frozen bits; see FrozenFields. */
  private void readFrozen(SavedState state) {
    int[] frozen = layout.frozenBits();
    int[] packed = state.ints("frozen");
    for (int f = 0; f < frozen.length; f++) {
      for (int i = 0; i < latents[frozen[f]].length; i++) {
        int bit = i % BLOCK / LANES * frozen.length + f;
        int at = i / BLOCK * LANES * frozen.length + LANES * (bit / 32) + i % LANES;
        latents[frozen[f]][i] = (packed[at] >>> (bit % 32) & 1) == 1 ? 1 : -1;
      }
    }
  }

  private void readFloats(int bit, float[] values) {
    for (int i = 0; i < values.length; i++) {
      latents[bit][i] = values[i];
    }
  }

  /** Turns levels of one byte each into the latents they stand for. */
  private void readLevels(int bit, int step, SavedState state) {
    int fanIn = (int) shape.slice(1).size();
    double deviation = LatentDeviation.PAPER.magnitude(layout.depth(), fanIn);
    int groups = (layout.trainedMagnitudeBits().length + 3) / 4;
    int[] packed = state.ints("staircase." + step % groups);
    for (int i = 0; i < packed.length; i++) {
      byte level = (byte) (packed[i] >> (8 * (step / groups)));
      latents[bit][i] = (level + 0.5) / LEVELS_PER_DEVIATION * deviation;
    }
  }

  /** Composes the real weight, {@link #shape}; owned by the manager, as are the latent arrays. */
  NDArray compose(NDManager manager) {
    arrays = new NDArray[layout.depth()];
    for (int bit = 0; bit < arrays.length; bit++) {
      float[] values = new float[latents[bit].length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) latents[bit][i];
      }
      arrays[bit] = manager.create(values, shape);
      arrays[bit].setRequiresGradient(layout.isTrained(bit));
    }
    NDArray sign = sign(arrays[layout.signBit()]);
    NDArray a = manager.create(scale);
    return layout.depth() == 1 ? sign.mul(a) : magnitude(manager).mul(a).mul(sign);
  }

  /**
   * Adds up the bits. The sum in float carries the gradients, but rounds at every addition; the
   * value is the sum in double, exact for 31 bits, rounded once. (DJL's toType ends gradients.)
   *
   * <p>Factors are arrays of the manager: DJL's mul(Number) frees the memory of the number, which
   * backward reads again; after a garbage collection the gradients are wild.
   */
  private NDArray magnitude(NDManager manager) {
    NDArray sum = null;
    NDArray exact = null;
    for (int bit = 0; bit < layout.magnitudeBits(); bit++) {
      NDArray worth = bit(arrays[bit]).mul(manager.create((float) (1L << bit)));
      NDArray wide = worth.stopGradient().toType(DataType.FLOAT64, false);
      sum = sum == null ? worth : sum.add(worth);
      exact = exact == null ? wide : exact.add(wide);
    }
    return exact.toType(DataType.FLOAT32, false).add(sum.sub(sum.stopGradient()));
  }

  /** Is exactly 0 or 1, with gradient 1: {@code x - stop(x)} is 0 but not to autograd. */
  private static NDArray bit(NDArray x) {
    return thresholded(x).add(x.sub(x.stopGradient()));
  }

  /** Is exactly 1 - 2b, with gradient -1. */
  private static NDArray sign(NDArray x) {
    return thresholded(x).mul(-2f).add(1f).sub(x.sub(x.stopGradient()));
  }

  private static NDArray thresholded(NDArray x) {
    return x.stopGradient().gt(0f).toType(DataType.FLOAT32, false);
  }

  /** Says whether a bit of the layout is trained. */
  boolean isTrained(int bit) {
    return layout.isTrained(bit);
  }

  int depth() {
    return layout.depth();
  }

  /** Returns the most significant trained magnitude bit, 0 if there is none. */
  int topBit() {
    int[] bits = layout.trainedMagnitudeBits();
    return bits.length == 0 ? 0 : bits[bits.length - 1];
  }

  /** Returns the latents of a bit, live. */
  double[] latents(int bit) {
    return latents[bit];
  }

  /** Returns what autograd left in the latent array of a trained bit. */
  float[] gradient(int bit) {
    try (NDArray gradient = arrays[bit].getGradient()) {
      return gradient.toFloatArray();
    }
  }

  /** Returns the bit string of a weight. */
  int code(int weight) {
    int code = 0;
    for (int bit = 0; bit < layout.depth(); bit++) {
      code |= (latents[bit][weight] > 0 ? 1 : 0) << bit;
    }
    return code;
  }
}
