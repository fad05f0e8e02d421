/**
 * The update rules: the training state of all parameters of a network behind one interface, and its
 * implementation on the processor. The scalar kernels of {@code update.kernel} are the
 * specification of every backend. Imports {@code bits}.
 *
 * <pre>{@code
 * var spec = ParameterSpec.bits("dense1.weight", List.of(300, 784), BitMask.top(3).at(6));
 * var training = new Training(UpdateRule.COUPLED, Method.adam(), 0);
 * var state = new CpuState(
 *     List.of(spec), training, initial, KernelChoice.chosen(), team);
 * state.compose(weights);                  // before the first forward pass
 * state.step(gradients, weights, rates);   // after each backward pass
 * }</pre>
 */
package org.bitloom.update;
