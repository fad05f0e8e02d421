package org.bitloom.update.kernel;

/** The specification of the kernels: plain loops, most of which the JIT compiler vectorizes. */
final class ScalarKernels implements UpdateKernels {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public boolean allWithin(float[] values, int from, int to, float limit) {
    boolean within = true;
    for (int i = from; i < to; i++) {
      within &= Math.abs(values[i]) <= limit; // false for NaN
    }
    return within;
  }

  @Override
  public void latentGradients(Chunk chunk, float top) {
    for (int i = chunk.start, end = chunk.count; i < end; i++) {
      float weight = chunk.weight[i];
      float gradient = chunk.gradient[i];
      chunk.magnitudeGradient[i] = Math.copySign(1f, weight) * (top * gradient);
      chunk.signGradient[i] = -Math.abs(weight) * gradient;
    }
  }

  @Override
  public void adamMoments(AdamState state, float[] gradient, Chunk chunk) {
    int from = chunk.from;
    float[] root = chunk.root;
    float[] m = state.m();
    float[] v = state.v();
    float keep1 = state.beta1();
    float keep2 = state.beta2();
    float take1 = 1 - keep1;
    float take2 = 1 - keep2;
    for (int i = chunk.start, end = chunk.count; i < end; i++) {
      float g = gradient[i];
      float first = keep1 * m[from + i] + take1 * g;
      float second = keep2 * v[from + i] + take2 * (g * g);
      first = (first + FIRST_MOMENT_FLOOR) - FIRST_MOMENT_FLOOR;
      second = (second + SECOND_MOMENT_FLOOR) - SECOND_MOMENT_FLOOR;
      m[from + i] = first;
      v[from + i] = second;
      root[i] = (float) Math.sqrt(second);
    }
  }

  @Override
  public void adamDescend(float[] x, int at, float[] m, Chunk chunk, Descent descent) {
    int from = chunk.from;
    float[] root = chunk.root;
    float rate = descent.rate();
    float eps = descent.eps();
    float pull = descent.pull();
    for (int i = chunk.start, end = chunk.count; i < end; i++) {
      x[at + i] = x[at + i] - rate * m[from + i] / (root[i] + eps) - pull;
    }
  }

  @Override
  public void sgdMoment(float[] m, float[] gradient, Chunk chunk, float momentum) {
    int from = chunk.from;
    for (int i = chunk.start, end = chunk.count; i < end; i++) {
      float first = momentum * m[from + i] + gradient[i];
      m[from + i] = (first + FIRST_MOMENT_FLOOR) - FIRST_MOMENT_FLOOR;
    }
  }

  @Override
  public void sgdDescend(float[] x, int at, float[] m, Chunk chunk, Descent descent) {
    int from = chunk.from;
    float rate = descent.rate();
    float pull = descent.pull();
    for (int i = chunk.start, end = chunk.count; i < end; i++) {
      x[at + i] = x[at + i] - rate * m[from + i] - pull;
    }
  }

  @Override
  public void sgdAhead(float[] m, float[] gradient, Chunk chunk, float momentum) {
    for (int i = chunk.start, end = chunk.count; i < end; i++) {
      chunk.root[i] = momentum * m[chunk.from + i] + gradient[i];
    }
  }

  @Override
  public void sgdDescendAhead(float[] x, int at, Chunk chunk, Descent descent) {
    float rate = descent.rate();
    float pull = descent.pull();
    for (int i = chunk.start, end = chunk.count; i < end; i++) {
      x[at + i] = x[at + i] - rate * chunk.root[i] - pull;
    }
  }

  @Override
  public void decayGradients(Chunk chunk, float decay) {
    for (int i = chunk.start, end = chunk.count; i < end; i++) {
      chunk.gradient[i] = chunk.gradient[i] + decay * chunk.weight[i];
    }
  }

  @Override
  public void shrinkWeights(Chunk chunk, float kept) {
    for (int i = chunk.start, end = chunk.count; i < end; i++) {
      chunk.weight[i] = chunk.weight[i] * kept;
    }
  }

  @Override
  public void latentBits(float[] x, Chunk chunk, int bit) {
    int one = 1 << bit;
    for (int i = chunk.start, end = chunk.count; i < end; i++) {
      chunk.code[i] |= x[chunk.from + i] > 0 ? one : 0;
    }
  }

  @Override
  public void frozenBits(FrozenFields frozen, Chunk chunk) {
    for (int i = chunk.start, end = chunk.count; i < end; i++) {
      chunk.code[i] = frozen.code(chunk.from + i);
    }
  }

  @Override
  public void stairs(Staircase staircase, float[] displacement, Chunk chunk) {
    thresholds(displacement, staircase.levelsPerUnit(), chunk);
    for (int step = 0; step < staircase.steps(); step++) {
      addStep(staircase, step, chunk);
    }
  }

  @Override
  public void scaledStairs(Staircase staircase, float[] displacement, Chunk chunk) {
    for (int step = 0; step < staircase.steps(); step++) {
      thresholds(displacement, staircase.levelsPerUnit(step), chunk);
      addStep(staircase, step, chunk);
    }
  }

  private static void thresholds(float[] displacement, float levelsPerUnit, Chunk chunk) {
    for (int i = chunk.start, end = chunk.count; i < end; i++) {
      float levels = displacement[chunk.from + i] * levelsPerUnit;
      chunk.threshold[i] = Staircase.highestOff(levels);
    }
  }

  private static void addStep(Staircase staircase, int step, Chunk chunk) {
    int[] packed = staircase.packed(step % staircase.groups());
    int shift = staircase.shift(step);
    int bit = staircase.bit(step);
    for (int i = chunk.start, end = chunk.count; i < end; i++) {
      int level = (byte) (packed[chunk.from + i] >> shift);
      chunk.code[i] |= (level > chunk.threshold[i] ? 1 : 0) << bit;
    }
  }

  @Override
  public void weights(Chunk chunk, int depth, float scale) {
    int signBit = depth - 1;
    int magnitudeMask = ~(-1 << signBit);
    int constant = depth == 1 ? 1 : 0;
    for (int i = chunk.start, end = chunk.count; i < end; i++) {
      int code = chunk.code[i];
      float size = scale * ((code & magnitudeMask) + constant);
      chunk.weight[i] = (code >>> signBit & 1) != 0 ? -size : size;
    }
  }
}
