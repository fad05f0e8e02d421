/**
 * The bit-wise optimizer for DJL programs. Imports {@code bits}, {@code update} and DJL.
 *
 * <pre>{@code
 * config.optOptimizer(BitwiseOptimizer.builder().bits(8).mask(BitMask.top(3)).build());
 * }</pre>
 */
package org.bitloom.optimizer;
