package org.bitloom.update.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitloom.bits.BitLayout;

/**
 * Every array a kernel may touch, filled with ordinary and awkward values; equal seeds give equal
 * stages.
 */
final class Stage {
  static final float DEVIATION = 0.043f;

  private static final float[] AWKWARD = {
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    1e-40f,
    -1e-40f,
    Float.MIN_NORMAL,
    1e-20f,
    -1e-20f,
    6e-28f,
    1e-30f,
    3e-38f,
    1,
    -1,
    1e18f,
    -1e30f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE
  };

  final AdamState adam;
  final float[] x;
  final float[] displacement;
  final FrozenFields frozen;
  final Staircase staircase;
  final Chunk chunk = new Chunk();

  /**
   * Sets up a chunk of {@code count} weights from weight {@code from} on.
   *
   * @param after weights of the tensor behind the chunk
   */
  Stage(BitLayout layout, int from, int count, int after, SplittableRandom random) {
    int weights = from + count + after;
    chunk.from = from;
    chunk.count = count;
    adam = new AdamState(0.9f, 0.999f, floats(weights, random), floats(weights, random));
    for (int i = 0; i < weights; i++) {
      adam.v()[i] = Math.abs(adam.v()[i]);
    }
    x = floats(weights, random);
    frozen = new FrozenFields(layout, weights);
    int[] fields = random.ints(frozen.packed().length).toArray();
    System.arraycopy(fields, 0, frozen.packed(), 0, fields.length);
    staircase = new Staircase(layout, weights, DEVIATION);
    for (int step = 0; step < staircase.steps(); step++) {
      for (int i = 0; i < weights; i++) {
        staircase.set(step, i, (float) (DEVIATION * 10 * (random.nextDouble() - 0.5)));
      }
    }
    displacement = displacements(weights, random);
    fillChunk(layout.depth(), random);
  }

  /** Sets up a copy, which shares no array that a kernel could write. */
  Stage(BitLayout layout, Stage other) {
    chunk.from = other.chunk.from;
    chunk.count = other.chunk.count;
    adam = new AdamState(0.9f, 0.999f, other.adam.m().clone(), other.adam.v().clone());
    x = other.x.clone();
    displacement = other.displacement.clone();
    frozen = new FrozenFields(layout, x.length);
    copy(other.frozen.packed(), frozen.packed());
    staircase = new Staircase(layout, x.length, DEVIATION);
    for (int group = 0; group < staircase.groups(); group++) {
      copy(other.staircase.packed(group), staircase.packed(group));
    }
    copyChunk(other.chunk);
  }

  private void copyChunk(Chunk other) {
    System.arraycopy(other.gradient, 0, chunk.gradient, 0, Chunk.WEIGHTS);
    System.arraycopy(other.weight, 0, chunk.weight, 0, Chunk.WEIGHTS);
    System.arraycopy(other.magnitudeGradient, 0, chunk.magnitudeGradient, 0, Chunk.WEIGHTS);
    System.arraycopy(other.signGradient, 0, chunk.signGradient, 0, Chunk.WEIGHTS);
    System.arraycopy(other.root, 0, chunk.root, 0, Chunk.WEIGHTS);
    copy(other.threshold, chunk.threshold);
    copy(other.switches, chunk.switches);
    copy(other.code, chunk.code);
  }

  private static void copy(int[] from, int[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  private void fillChunk(int depth, SplittableRandom random) {
    fill(chunk.gradient, random);
    fill(chunk.weight, random);
    fill(chunk.magnitudeGradient, random);
    fill(chunk.signGradient, random);
    fill(chunk.root, random);
    for (int i = 0; i < Chunk.WEIGHTS; i++) {
      chunk.root[i] = Math.abs(chunk.root[i]);
      chunk.threshold[i] = random.nextInt();
      chunk.switches[i] = random.nextInt();
      chunk.code[i] = random.nextInt() >>> (32 - depth);
    }
  }

  private static float[] floats(int count, SplittableRandom random) {
    float[] values = new float[count];
    fill(values, random);
    return values;
  }

  private static void fill(float[] values, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] =
          random.nextInt(3) == 0
              ? AWKWARD[random.nextInt(AWKWARD.length)]
              : (float) (2 * random.nextDouble() - 1);
    }
  }

  /** Displacements on, next to and between the edges of levels, and far beyond the last. */
  private float[] displacements(int count, SplittableRandom random) {
    float[] values = floats(count, random);
    for (int i = 0; i < count; i++) {
      float edge = (random.nextInt(540) - 270) / 2f / staircase.levelsPerUnit();
      switch (random.nextInt(4)) {
        case 0 -> values[i] = edge;
        case 1 -> values[i] = random.nextBoolean() ? Math.nextUp(edge) : Math.nextDown(edge);
        case 2 -> values[i] = (float) (DEVIATION * 10 * (random.nextDouble() - 0.5));
        default -> {} // as drawn
      }
    }
    return values;
  }

  /** Returns the bits of all that a kernel could write, by name. */
  Map<String, int[]> bits() {
    Map<String, int[]> bits = new LinkedHashMap<>();
    bits.put("m", bits(adam.m()));
    bits.put("v", bits(adam.v()));
    bits.put("x", bits(x));
    bits.put("displacement", bits(displacement));
    for (int group = 0; group < staircase.groups(); group++) {
      bits.put("levels." + group, staircase.packed(group).clone());
    }
    bits.put("frozen", frozen.packed().clone());
    bits.put("gradient", bits(chunk.gradient));
    bits.put("weight", bits(chunk.weight));
    bits.put("magnitudeGradient", bits(chunk.magnitudeGradient));
    bits.put("signGradient", bits(chunk.signGradient));
    bits.put("root", bits(chunk.root));
    bits.put("code", chunk.code.clone());
    bits.put("place", new int[] {chunk.from, chunk.start, chunk.count});
    return bits;
  }

  static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
