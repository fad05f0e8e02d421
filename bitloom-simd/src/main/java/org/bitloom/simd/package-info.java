/**
 * Vector twins of the update kernels, found through {@link java.util.ServiceLoader}. The only code
 * that uses {@code jdk.incubator.vector}. Imports {@code update}.
 *
 * <pre>{@code
 * UpdateKernels kernels = KernelChoice.vector(); // needs --add-modules jdk.incubator.vector
 * }</pre>
 */
package org.bitloom.simd;
