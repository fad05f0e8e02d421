package org.bitloom.update;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Owns the training state of all parameters of a network, wherever it lies, and takes its steps.
 *
 * <p>The state is what the real weights do not hold: latents or displacements, moments, frozen
 * bits, scales and counts of steps. The weights themselves are the caller's, who shows them to the
 * engine: a step reads its gradients, moves the state and replaces the weights.
 *
 * <p>A backend chooses the form {@code V} in which it is handed one number per weight of the whole
 * network, gradients and weights alike. On the CPU that is a list of buffers, one for each of
 * {@link #parameters}, in their order; on a device it may be one flat tensor of which layers are
 * views, so that a step is one call. Every backend gives the bytes of the scalar kernels.
 *
 * <p>Nothing that a step is given is kept when it returns.
 *
 * @param <V> holds one number per weight of the network
 */
public interface StateBackend<V> extends AutoCloseable {
  /** Returns what is trained, in the order in which values are handed over. */
  List<ParameterSpec> parameters();

  /**
   * Takes one step of all parameters.
   *
   * @param gradients dL/dw; read
   * @param weights the real weights the gradients were taken at; replaced by the new ones
   * @param rates learning rate of each of {@link #parameters}, 0 or more, finite; at 0 only moments
   *     move
   * @throws NonFiniteGradientException if a gradient is NaN, infinite, or so large that its square
   *     is; then nothing has changed. A backend that does not wait for its device may throw it at a
   *     later step; the message names the first such step, and nothing has changed since
   * @throws IllegalArgumentException if values are missing or a rate is below 0 or not finite; then
   *     nothing has changed
   */
  void step(V gradients, V weights, double[] rates);

  /** Writes the real weights of bit-wise parameters as the state composes them; no others. */
  void compose(V weights);

  /**
   * Returns the number of steps that a parameter has taken.
   *
   * @throws IllegalArgumentException if there is no such parameter
   */
  long steps(String parameter);

  /**
   * Returns the float from integer weight to real weight of a bit-wise parameter.
   *
   * @throws IllegalArgumentException if there is no such parameter
   */
  float scale(String parameter);

  /**
   * Checks that enough weights can be zero for the wanted share of zeros, if there is one.
   *
   * @throws org.bitloom.error.UsageException if frozen bits keep too many from it
   */
  void requireReach();

  /** Returns the drift now if it is steered to a share of zeros, {@link Training#zeros}. */
  OptionalDouble steeredDrift();

  /**
   * Returns the bit string of every weight of a bit-wise parameter; see {@link
   * org.bitloom.bits.SignMagnitude}.
   *
   * @return a new array, [size]
   * @throws IllegalArgumentException if there is no such parameter
   */
  int[] codes(String parameter);

  /**
   * Returns all that training needs to go on at the same bytes, apart from the weights of float
   * parameters; always the same arrays in the same order.
   */
  List<StateArray> arrays();

  /** Frees the state. */
  @Override
  void close();
}
