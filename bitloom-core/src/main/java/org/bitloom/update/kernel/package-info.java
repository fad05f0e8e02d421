/**
 * The inner loops of an update over stretches of a tensor, and what they read and write. Scalar
 * kernels are the specification; others must give the same bits. Public for {@code simd}, which
 * implements them; whoever trains uses {@code update}. Imports {@code bits}.
 *
 * <pre>{@code
 * UpdateKernels kernels = KernelChoice.chosen();
 * kernels.latentGradients(chunk, scale * Staircase.powerOfTwo(top));
 * }</pre>
 */
package org.bitloom.update.kernel;
