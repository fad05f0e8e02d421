package org.bitloom.simd;

import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.bitloom.update.kernel.AdamState;
import org.bitloom.update.kernel.Chunk;
import org.bitloom.update.kernel.FrozenFields;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.Staircase;
import org.bitloom.update.kernel.UpdateKernels;

/**
 * Twins of the scalar kernels on the widest vectors of the machine; the same bits out.
 *
 * <p>The last few weights of a chunk, fewer than a vector, go to the scalar twin. No method hands a
 * vector to another: the compiler may keep such a call, and then every vector is an object. The
 * same happens when it inlines so many kernels into one method that it gives up halfway: the
 * launcher forbids that by a flag, and the longest kernels are beyond the 325 bytes of code up to
 * which methods are inlined.
 */
public final class VectorKernels implements UpdateKernels {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final int LANES = FLOATS.length();
  private static final int SIGN = 0x80000000;
  private static final int SIZE = 0x7fffffff;

  private final UpdateKernels scalar = KernelChoice.scalar();

  /** Creates the kernels; {@link java.util.ServiceLoader} calls this. */
  public VectorKernels() {}

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public Optional<String> obstacle() {
    return VectorMachine.obstacle();
  }

  @Override
  public boolean allWithin(float[] values, int from, int to, float limit) {
    int end = from + FLOATS.loopBound(to - from);
    // floats of one sign are ordered like their bits, infinity and NaN above all numbers; so the
    // difference is negative where a size is above the limit
    IntVector limits = IntVector.broadcast(INTS, Float.floatToRawIntBits(limit));
    IntVector within = IntVector.zero(INTS);
    for (int i = from; i < end; i += LANES) {
      IntVector bits = FloatVector.fromArray(FLOATS, values, i).reinterpretAsInts();
      within = within.or(limits.sub(bits.and(SIZE)));
    }
    return within.reduceLanes(OR) >= 0 && scalar.allWithin(values, end, to, limit);
  }

  @Override
  public void latentGradients(Chunk chunk, float top) {
    int end = FLOATS.loopBound(chunk.count);
    for (int i = 0; i < end; i += LANES) {
      IntVector weight = FloatVector.fromArray(FLOATS, chunk.weight, i).reinterpretAsInts();
      FloatVector gradient = FloatVector.fromArray(FLOATS, chunk.gradient, i);
      IntVector up = gradient.mul(top).reinterpretAsInts();
      up.lanewise(XOR, weight.and(SIGN))
          .reinterpretAsFloats()
          .intoArray(chunk.magnitudeGradient, i);
      FloatVector negative = weight.or(SIGN).reinterpretAsFloats();
      negative.mul(gradient).intoArray(chunk.signGradient, i);
    }
    chunk.start = end;
    scalar.latentGradients(chunk, top);
    chunk.start = 0;
  }

  @Override
  public void adamMoments(AdamState state, float[] gradient, Chunk chunk) {
    int end = FLOATS.loopBound(chunk.count);
    int from = chunk.from;
    float[] m = state.m();
    float[] v = state.v();
    float keep1 = state.beta1();
    float keep2 = state.beta2();
    float take1 = 1 - keep1;
    float take2 = 1 - keep2;
    for (int i = 0; i < end; i += LANES) {
      FloatVector g = FloatVector.fromArray(FLOATS, gradient, i);
      FloatVector first = FloatVector.fromArray(FLOATS, m, from + i).mul(keep1);
      first = first.add(g.mul(take1)).add(FIRST_MOMENT_FLOOR).sub(FIRST_MOMENT_FLOOR);
      FloatVector second = FloatVector.fromArray(FLOATS, v, from + i).mul(keep2);
      second = second.add(g.mul(g).mul(take2)).add(SECOND_MOMENT_FLOOR).sub(SECOND_MOMENT_FLOOR);
      first.intoArray(m, from + i);
      second.intoArray(v, from + i);
      second.sqrt().intoArray(chunk.root, i);
    }
    chunk.start = end;
    scalar.adamMoments(state, gradient, chunk);
    chunk.start = 0;
  }

  @Override
  public void adam(
      float[] x, int at, AdamState state, float[] gradient, Chunk chunk, Descent descent) {
    assert at >= 0 && at + chunk.count <= x.length : at + " + " + chunk.count;
    int end = FLOATS.loopBound(chunk.count);
    int from = chunk.from;
    float[] m = state.m();
    float[] v = state.v();
    float keep1 = state.beta1();
    float keep2 = state.beta2();
    float take1 = 1 - keep1;
    float take2 = 1 - keep2;
    float rate = descent.rate();
    float eps = descent.eps();
    float pull = descent.pull();
    for (int i = 0; i < end; i += LANES) {
      FloatVector g = FloatVector.fromArray(FLOATS, gradient, i);
      FloatVector first = FloatVector.fromArray(FLOATS, m, from + i).mul(keep1);
      first = first.add(g.mul(take1)).add(FIRST_MOMENT_FLOOR).sub(FIRST_MOMENT_FLOOR);
      FloatVector second = FloatVector.fromArray(FLOATS, v, from + i).mul(keep2);
      second = second.add(g.mul(g).mul(take2)).add(SECOND_MOMENT_FLOOR).sub(SECOND_MOMENT_FLOOR);
      first.intoArray(m, from + i);
      second.intoArray(v, from + i);
      FloatVector move = first.mul(rate).div(second.sqrt().add(eps));
      FloatVector.fromArray(FLOATS, x, at + i).sub(move).sub(pull).intoArray(x, at + i);
    }
    chunk.start = end;
    scalar.adam(x, at, state, gradient, chunk, descent);
    chunk.start = 0;
  }

  @Override
  public void adamDescend(float[] x, int at, float[] m, Chunk chunk, Descent descent) {
    int end = FLOATS.loopBound(chunk.count);
    for (int i = 0; i < end; i += LANES) {
      FloatVector root = FloatVector.fromArray(FLOATS, chunk.root, i).add(descent.eps());
      FloatVector move = FloatVector.fromArray(FLOATS, m, chunk.from + i).mul(descent.rate());
      FloatVector latent = FloatVector.fromArray(FLOATS, x, at + i);
      latent.sub(move.div(root)).sub(descent.pull()).intoArray(x, at + i);
    }
    chunk.start = end;
    scalar.adamDescend(x, at, m, chunk, descent);
    chunk.start = 0;
  }

  @Override
  public void sgdMoment(float[] m, float[] gradient, Chunk chunk, float momentum) {
    int end = FLOATS.loopBound(chunk.count);
    int from = chunk.from;
    for (int i = 0; i < end; i += LANES) {
      FloatVector g = FloatVector.fromArray(FLOATS, gradient, i);
      FloatVector first = FloatVector.fromArray(FLOATS, m, from + i).mul(momentum).add(g);
      first.add(FIRST_MOMENT_FLOOR).sub(FIRST_MOMENT_FLOOR).intoArray(m, from + i);
    }
    chunk.start = end;
    scalar.sgdMoment(m, gradient, chunk, momentum);
    chunk.start = 0;
  }

  @Override
  public void sgdDescend(float[] x, int at, float[] m, Chunk chunk, Descent descent) {
    int end = FLOATS.loopBound(chunk.count);
    for (int i = 0; i < end; i += LANES) {
      FloatVector move = FloatVector.fromArray(FLOATS, m, chunk.from + i).mul(descent.rate());
      FloatVector latent = FloatVector.fromArray(FLOATS, x, at + i);
      latent.sub(move).sub(descent.pull()).intoArray(x, at + i);
    }
    chunk.start = end;
    scalar.sgdDescend(x, at, m, chunk, descent);
    chunk.start = 0;
  }

  @Override
  public void sgdAhead(float[] m, float[] gradient, Chunk chunk, float momentum) {
    int end = FLOATS.loopBound(chunk.count);
    for (int i = 0; i < end; i += LANES) {
      FloatVector g = FloatVector.fromArray(FLOATS, gradient, i);
      FloatVector first = FloatVector.fromArray(FLOATS, m, chunk.from + i);
      first.mul(momentum).add(g).intoArray(chunk.root, i);
    }
    chunk.start = end;
    scalar.sgdAhead(m, gradient, chunk, momentum);
    chunk.start = 0;
  }

  @Override
  public void sgdDescendAhead(float[] x, int at, Chunk chunk, Descent descent) {
    int end = FLOATS.loopBound(chunk.count);
    for (int i = 0; i < end; i += LANES) {
      FloatVector move = FloatVector.fromArray(FLOATS, chunk.root, i).mul(descent.rate());
      FloatVector latent = FloatVector.fromArray(FLOATS, x, at + i);
      latent.sub(move).sub(descent.pull()).intoArray(x, at + i);
    }
    chunk.start = end;
    scalar.sgdDescendAhead(x, at, chunk, descent);
    chunk.start = 0;
  }

  @Override
  public void decayGradients(Chunk chunk, float decay) {
    int end = FLOATS.loopBound(chunk.count);
    for (int i = 0; i < end; i += LANES) {
      FloatVector pull = FloatVector.fromArray(FLOATS, chunk.weight, i).mul(decay);
      FloatVector.fromArray(FLOATS, chunk.gradient, i).add(pull).intoArray(chunk.gradient, i);
    }
    chunk.start = end;
    scalar.decayGradients(chunk, decay);
    chunk.start = 0;
  }

  @Override
  public void shrinkWeights(Chunk chunk, float kept) {
    int end = FLOATS.loopBound(chunk.count);
    for (int i = 0; i < end; i += LANES) {
      FloatVector.fromArray(FLOATS, chunk.weight, i).mul(kept).intoArray(chunk.weight, i);
    }
    chunk.start = end;
    scalar.shrinkWeights(chunk, kept);
    chunk.start = 0;
  }

  @Override
  public void latentBits(float[] x, Chunk chunk, int bit) {
    int end = FLOATS.loopBound(chunk.count);
    VectorCodes.latentBits(x, chunk, bit, end);
    chunk.start = end;
    scalar.latentBits(x, chunk, bit);
    chunk.start = 0;
  }

  @Override
  public void frozenBits(FrozenFields frozen, Chunk chunk) {
    int end = FLOATS.loopBound(chunk.count);
    VectorCodes.frozenBits(frozen, chunk, end);
    chunk.start = end;
    scalar.frozenBits(frozen, chunk);
    chunk.start = 0;
  }

  @Override
  public void stairs(Staircase staircase, float[] displacement, Chunk chunk) {
    int end = FLOATS.loopBound(chunk.count);
    VectorStairs.stairs(staircase, displacement, chunk, end);
    chunk.start = end;
    scalar.stairs(staircase, displacement, chunk);
    chunk.start = 0;
  }

  @Override
  public void scaledStairs(Staircase staircase, float[] displacement, Chunk chunk) {
    int end = FLOATS.loopBound(chunk.count);
    VectorStairs.scaledStairs(staircase, displacement, chunk, end);
    chunk.start = end;
    scalar.scaledStairs(staircase, displacement, chunk);
    chunk.start = 0;
  }

  @Override
  public void weights(Chunk chunk, int depth, float scale) {
    int end = FLOATS.loopBound(chunk.count);
    VectorCodes.weights(chunk, depth, scale, end);
    chunk.start = end;
    scalar.weights(chunk, depth, scale);
    chunk.start = 0;
  }
}
