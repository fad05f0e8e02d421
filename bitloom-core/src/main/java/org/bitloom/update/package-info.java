/**
 * The update rules: training state of one parameter, and the kernels that move it. The scalar
 * kernels are the specification; others must give the same bits. Imports {@code bits}.
 *
 * <pre>{@code
 * var training = new BitwiseParameter.Training(
 *     BitMask.top(3).at(6), UpdateRule.COUPLED, Method.adam(), 0);
 * var tensor = new BitwiseParameter("dense", 300 * 784, 784, training, KernelChoice.chosen(), 1);
 * tensor.weights(weight, workers);               // before the first forward pass
 * tensor.step(gradient, weight, 9e-4, workers);  // after each backward pass
 * }</pre>
 */
package org.bitloom.update;
