/**
 * The inner loops of {@code infer} and their choice. The scalar ones are the specification; public
 * for {@code simd}, which has faster ones.
 *
 * <pre>{@code
 * FilterBank bank = InferenceChoice.chosen().prepare(filters);
 * bank.apply(planes, sums, new float[bank.rows()][filters.positions()]);
 * }</pre>
 */
package org.bitloom.infer.kernel;
