/**
 * Adaptive arithmetic coding of integer weights and floats, for the smallest file a network fits
 * into: every bit costs what it was expected to cost, and what is expected is learned on the way.
 * All in integers, so that other languages come to the same bytes; docs/packed.md describes them.
 * Imports nothing.
 *
 * <pre>{@code
 * TensorCoder writer = TensorCoder.writer();
 * writer.weights(grid, codes);
 * byte[] bytes = writer.finish();
 * int[] same = TensorCoder.reader(bytes).weights(grid, new int[0]);
 * }</pre>
 */
package org.bitloom.entropy;
