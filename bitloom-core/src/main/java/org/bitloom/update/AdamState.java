package org.bitloom.update;

/**
 * Both moments of Adam for one gradient per weight of a tensor.
 *
 * @param adam how they decay
 * @param m first moments, [size], live
 * @param v second moments, [size], live
 */
@SuppressWarnings("ArrayRecordComponent") // kernels work in place; nobody compares states
public record AdamState(Method.Adam adam, float[] m, float[] v) {}
