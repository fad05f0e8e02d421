package org.bitloom.update;

import java.nio.FloatBuffer;
import org.bitloom.update.kernel.Workers;

/** The training state of one parameter. */
public sealed interface TrainedParameter permits BitwiseParameter, FloatParameter {
  /** Returns the parameter's name. */
  String name();

  /** Returns the number of weights. */
  int size();

  /** Returns the number of steps taken. */
  long steps();

  /**
   * Takes one step.
   *
   * @param gradient dL/dw, [size] from its position 0; read
   * @param weight the real weights the gradient was taken at, [size]; replaced by the new ones
   * @param rate learning rate, 0 or more, finite; at 0 only the moments move
   * @param workers share the work; their number does not change the result
   * @throws NonFiniteGradientException if a gradient is NaN or infinite; then nothing has changed
   * @throws IllegalArgumentException if a buffer has another size or the rate is below 0 or not
   *     finite; then nothing has changed
   */
  void step(FloatBuffer gradient, FloatBuffer weight, double rate, Workers workers);

  /** Shows the live state arrays to a visitor, to save or to restore them. */
  void visit(StateVisitor visitor);
}
