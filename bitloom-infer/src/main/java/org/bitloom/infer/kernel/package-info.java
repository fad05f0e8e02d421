/**
 * The inner loops of {@code infer} and their choice. The scalar ones are the specification; public
 * for {@code simd}, which has faster ones.
 */
package org.bitloom.infer.kernel;
