package org.bitloom.simd;

import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.bitloom.update.Chunk;
import org.bitloom.update.KernelChoice;
import org.bitloom.update.Method;
import org.bitloom.update.Staircase;
import org.bitloom.update.UpdateKernels;

/**
 * Twins of the scalar kernels on the widest vectors of the machine; the same bits out.
 *
 * <p>The last few weights of a chunk, fewer than a vector, go to the scalar twin.
 */
public final class VectorKernels implements UpdateKernels {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final int LANES = FLOATS.length();
  private static final int SIGN = 0x80000000;
  private static final int EXPONENT = 0x7f800000;
  private static final int LEVEL = 0xff;
  private static final int LEVELS_BITS = Float.floatToRawIntBits(Staircase.LEVELS);

  private final UpdateKernels scalar = KernelChoice.scalar();
  private final int[] lanes = new int[LANES];

  /** Creates the kernels; {@link java.util.ServiceLoader} calls this. */
  public VectorKernels() {
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = lane;
    }
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public boolean allFinite(float[] values, int from, int to) {
    int end = from + FLOATS.loopBound(to - from);
    // a full exponent, and only that, carries into the sign when its lowest bit is added
    IntVector carry = IntVector.zero(INTS);
    for (int i = from; i < end; i += LANES) {
      IntVector bits = FloatVector.fromArray(FLOATS, values, i).reinterpretAsInts();
      carry = carry.or(bits.and(EXPONENT).add(1 << 23));
    }
    return carry.reduceLanes(OR) >= 0 && scalar.allFinite(values, end, to);
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
  public void adamMoments(float[] m, float[] v, float[] gradient, Chunk chunk, Method.Adam adam) {
    int end = FLOATS.loopBound(chunk.count);
    int from = chunk.from;
    float take1 = 1 - adam.beta1();
    float take2 = 1 - adam.beta2();
    for (int i = 0; i < end; i += LANES) {
      FloatVector g = FloatVector.fromArray(FLOATS, gradient, i);
      FloatVector first = FloatVector.fromArray(FLOATS, m, from + i).mul(adam.beta1());
      first = first.add(g.mul(take1)).add(FIRST_MOMENT_FLOOR).sub(FIRST_MOMENT_FLOOR);
      FloatVector second = FloatVector.fromArray(FLOATS, v, from + i).mul(adam.beta2());
      second = second.add(g.mul(g).mul(take2)).add(SECOND_MOMENT_FLOOR).sub(SECOND_MOMENT_FLOOR);
      first.intoArray(m, from + i);
      second.intoArray(v, from + i);
      second.sqrt().intoArray(chunk.root, i);
    }
    chunk.start = end;
    scalar.adamMoments(m, v, gradient, chunk, adam);
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
  public void latentBits(float[] x, Chunk chunk, int bit) {
    int end = FLOATS.loopBound(chunk.count);
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int i = 0; i < end; i += LANES) {
      // 0 - x has its sign bit set exactly where x is above 0: 0 - 0 is +0
      IntVector negated =
          zero.sub(FloatVector.fromArray(FLOATS, x, chunk.from + i)).reinterpretAsInts();
      add(chunk, i, negated.lanewise(LSHR, 31).lanewise(LSHL, bit));
    }
    chunk.start = end;
    scalar.latentBits(x, chunk, bit);
    chunk.start = 0;
  }

  private static void add(Chunk chunk, int i, IntVector bits) {
    IntVector.fromArray(INTS, chunk.code, i).or(bits).intoArray(chunk.code, i);
  }

  @Override
  public void planeBits(long[] words, Chunk chunk, int bit) {
    int end = FLOATS.loopBound(chunk.count);
    IntVector lane = IntVector.fromArray(INTS, lanes, 0);
    for (int i = 0; i < end; i += LANES) {
      int weight = chunk.from + i;
      IntVector bits = IntVector.broadcast(INTS, (int) (words[weight >>> 6] >>> weight));
      add(chunk, i, bits.lanewise(LSHR, lane).and(1).lanewise(LSHL, bit));
    }
    chunk.start = end;
    scalar.planeBits(words, chunk, bit);
    chunk.start = 0;
  }

  @Override
  public void stairs(Staircase staircase, float[] displacement, Chunk chunk) {
    int end = FLOATS.loopBound(chunk.count);
    float levelsPerUnit = staircase.levelsPerUnit();
    for (int i = 0; i < end; i += LANES) {
      belowThreshold(displacement, chunk.from + i, levelsPerUnit).intoArray(chunk.threshold, i);
    }
    for (int step = 0; step < staircase.steps(); step++) {
      addStep(staircase, step, chunk, end);
    }
    chunk.start = end;
    scalar.stairs(staircase, displacement, chunk);
    chunk.start = 0;
  }

  @Override
  public void scaledStairs(Staircase staircase, float[] displacement, Chunk chunk) {
    int end = FLOATS.loopBound(chunk.count);
    for (int step = 0; step < staircase.steps(); step++) {
      float levelsPerUnit = staircase.levelsPerUnit(step);
      for (int i = 0; i < end; i += LANES) {
        belowThreshold(displacement, chunk.from + i, levelsPerUnit).intoArray(chunk.threshold, i);
      }
      addStep(staircase, step, chunk, end);
    }
    chunk.start = end;
    scalar.scaledStairs(staircase, displacement, chunk);
    chunk.start = 0;
  }

  /** Returns the highest level that is off, one below {@link Staircase#threshold}. */
  private static IntVector belowThreshold(float[] displacement, int at, float levelsPerUnit) {
    FloatVector levels = FloatVector.fromArray(FLOATS, displacement, at).mul(levelsPerUnit);
    FloatVector edge = FloatVector.broadcast(FLOATS, Staircase.MIDDLE).sub(levels);
    // floats above 0 are ordered like their bits and those below 0 have negative bits, so that the
    // limits 0..LEVELS can be put on the bits, where min and max cost one instruction each
    IntVector bits = edge.reinterpretAsInts().min(LEVELS_BITS).max(0);
    FloatVector limited = bits.reinterpretAsFloats();
    return limited.add(Staircase.ROUNDER).reinterpretAsInts().sub(Staircase.ROUNDER_BITS + 1);
  }

  private static void addStep(Staircase staircase, int step, Chunk chunk, int end) {
    int[] packed = staircase.packed(step >>> 2);
    int shift = 8 * (step & 3);
    int bit = staircase.bit(step);
    for (int i = 0; i < end; i += LANES) {
      IntVector level =
          IntVector.fromArray(INTS, packed, chunk.from + i).lanewise(LSHR, shift).and(LEVEL);
      IntVector off = IntVector.fromArray(INTS, chunk.threshold, i);
      // off - level is negative exactly where the level is on
      add(chunk, i, off.sub(level).lanewise(LSHR, 31).lanewise(LSHL, bit));
    }
  }

  @Override
  public void weights(Chunk chunk, int depth, float scale) {
    int end = FLOATS.loopBound(chunk.count);
    int signBit = depth - 1;
    int magnitude = ~(-1 << signBit);
    int constant = depth == 1 ? 1 : 0;
    for (int i = 0; i < end; i += LANES) {
      IntVector code = IntVector.fromArray(INTS, chunk.code, i);
      FloatVector size = (FloatVector) code.and(magnitude).or(constant).convert(I2F, 0);
      IntVector sign = code.lanewise(LSHR, signBit).lanewise(LSHL, 31);
      size.mul(scale).reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(chunk.weight, i);
    }
    chunk.start = end;
    scalar.weights(chunk, depth, scale);
    chunk.start = 0;
  }
}
