package org.bitloom.update.kernel;

/**
 * The stretch of a tensor that one worker updates at a time, small enough for the L1 cache.
 *
 * <p>Element i of every array belongs to weight {@code from + i} of the tensor; {@code from} is a
 * multiple of 512. A worker owns its chunk and reuses it: kernels read and write its arrays.
 */
public final class Chunk {
  /** Weights per chunk; a multiple of {@link FrozenFields#BLOCK}. */
  public static final int WEIGHTS = 1024;

  /** First weight of the tensor in this chunk. */
  public int from;

  /** Element that kernels begin with: 0, except where a vector kernel leaves its last few. */
  public int start;

  /** Weights in this chunk, 1..{@link #WEIGHTS}. */
  public int count;

  /** dL/dw. */
  public final float[] gradient = new float[WEIGHTS];

  /** The real weights, before and after the update. */
  public final float[] weight = new float[WEIGHTS];

  /** Gradient of the top trained magnitude latent. */
  public final float[] magnitudeGradient = new float[WEIGHTS];

  /** Gradient of the sign latent. */
  public final float[] signGradient = new float[WEIGHTS];

  /** Root of the second moment, or a moment as Nesterov's momentum looks ahead at it. */
  public final float[] root = new float[WEIGHTS];

  /** The highest level of a staircase that is off; vector kernels hold four of a byte each. */
  public final int[] threshold = new int[WEIGHTS];

  /** The switches of a staircase. */
  public final int[] switches = new int[WEIGHTS];

  /** The bit string of each weight, sign-magnitude. */
  public final int[] code = new int[WEIGHTS];
}
