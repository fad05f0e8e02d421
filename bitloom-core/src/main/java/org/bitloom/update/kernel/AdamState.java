package org.bitloom.update.kernel;

/**
 * Both moments of Adam for one gradient per weight of a tensor.
 *
 * @param beta1 decay of the first moments, 0..1 exclusive
 * @param beta2 decay of the second moments, 0..1 exclusive
 * @param m first moments, [size], live
 * @param v second moments, [size], live
 */
@SuppressWarnings("ArrayRecordComponent") // kernels work in place; nobody compares states
public record AdamState(float beta1, float beta2, float[] m, float[] v) {}
