package org.bitloom.update;

import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.bitloom.update.kernel.Chunk;
import org.bitloom.update.kernel.ThreadTeam;
import org.bitloom.update.kernel.UpdateKernels;

/**
 * The training state of one parameter.
 *
 * <p>A step has three parts, so that nothing of a network has changed where one gradient is not
 * usable: {@link #begin}, {@link #checkGradient}, {@link #move}; then {@link #end}. None of them
 * allocates.
 */
abstract sealed class TrainedParameter permits BitwiseParameter, FloatParameter {
  /** The largest gradient of a latent: its square, and sums of such, are finite. */
  private static final float LARGEST = 0x1p63f;

  private final String name;
  private final int size;
  private final UpdateKernels kernels;
  private final long[] steps = new long[1];
  private final ThreadTeam.ChunkTask check = this::check;
  private final ThreadTeam.ChunkTask move = this::moveChunk;
  private volatile boolean usable;
  private FloatBuffer gradient;
  private FloatBuffer weight;

  TrainedParameter(String name, int size, UpdateKernels kernels) {
    this.name = name;
    this.size = size;
    this.kernels = kernels;
  }

  String name() {
    return name;
  }

  /** Returns the number of weights. */
  int size() {
    return size;
  }

  /** Returns the number of steps taken. */
  long steps() {
    return steps[0];
  }

  UpdateKernels kernels() {
    return kernels;
  }

  /** Takes one step; see {@link StateBackend#step}. */
  final void step(FloatBuffer dw, FloatBuffer w, double rate, ThreadTeam team) {
    begin(dw, w, rate);
    try {
      checkGradient(team);
      move(rate, team);
    } finally {
      end();
    }
  }

  /**
   * Takes note of the buffers of a step.
   *
   * @throws IllegalArgumentException if a buffer has another size or the rate is below 0 or not
   *     finite
   */
  final void begin(FloatBuffer dw, FloatBuffer w, double rate) {
    if (!(rate >= 0 && rate <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("rate must be 0 or more and finite, got " + rate);
    }
    checkSize("gradient", dw);
    checkSize("weight", w);
    if (w.isReadOnly()) {
      throw new IllegalArgumentException(
          "weight of " + name + " must be writable, got a read-only buffer");
    }
    gradient = dw;
    weight = w;
  }

  private void checkSize(String what, FloatBuffer buffer) {
    if (buffer.limit() != size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of %s must hold %d values, got %d",
              what,
              name,
              size,
              buffer.limit()));
    }
  }

  /** Throws if a gradient would leave a moment that is not finite. */
  final void checkGradient(ThreadTeam team) {
    usable = true;
    team.run(size, check);
    if (!usable) {
      throw NonFiniteGradientException.in(name, steps[0] + 1, gradient, largestGradient());
    }
  }

  private void check(Chunk chunk) {
    gradient.get(chunk.from, chunk.gradient, 0, chunk.count);
    if (!kernels.allWithin(chunk.gradient, 0, chunk.count, largestGradient())) {
      usable = false;
    }
  }

  /** Returns the largest gradient that a step can use. */
  final float largestGradient() {
    return Math.min(Float.MAX_VALUE, LARGEST / steepest());
  }

  /** Moves the state and replaces the weights. */
  final void move(double rate, ThreadTeam team) {
    steps[0]++;
    prepare(steps[0], rate);
    team.run(size, move);
  }

  private void moveChunk(Chunk chunk) {
    gradient.get(chunk.from, chunk.gradient, 0, chunk.count);
    weight.get(chunk.from, chunk.weight, 0, chunk.count);
    move(chunk);
    weight.put(chunk.from, chunk.weight, 0, chunk.count);
  }

  /** Forgets the buffers of the step. */
  final void end() {
    gradient = null;
    weight = null;
  }

  /** Returns how many times larger than dL/dw the gradient of a latent can be. */
  abstract float steepest();

  /** Prepares a step; called once, before any chunk. */
  abstract void prepare(long step, double rate);

  /** Moves the state of the chunk's weights by the chunk's gradient, and replaces its weights. */
  abstract void move(Chunk chunk);

  /** Shows the name and the live array of everything that training needs to go on. */
  void visit(BiConsumer<String, Object> arrays) {
    arrays.accept("steps", steps);
  }
}
