package org.bitloom.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of pixels times weights at many positions at once. Sums stay in registers until all weights
 * are through; the last vectors may reach beyond the last position, into the slack of the arrays.
 *
 * <p>As everywhere here, no method hands a vector to another.
 */
final class VectorSums {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** With 512 bits there are 32 registers, else 16: as many sums as fit beside the pixels. */
  private static final boolean MANY_REGISTERS = FLOATS.vectorBitSize() >= 512;

  private VectorSums() {}

  /** Writes the sums of four filters, whose weights stand side by side for each offset. */
  static void four(
      float[] planes,
      int[] offsets,
      float[] weights,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      int positions) {
    int wide = 0;
    if (MANY_REGISTERS) {
      for (; positions - wide > 2 * LANES; wide += 4 * LANES) {
        fourByFour(planes, offsets, weights, a, b, c, d, wide);
      }
    }
    for (int p = wide; p < positions; p += 2 * LANES) {
      fourByTwo(planes, offsets, weights, a, b, c, d, p);
    }
  }

  private static void fourByTwo(
      float[] planes,
      int[] offsets,
      float[] weights,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      int p) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector a0 = zero;
    FloatVector a1 = zero;
    FloatVector b0 = zero;
    FloatVector b1 = zero;
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    FloatVector d0 = zero;
    FloatVector d1 = zero;
    for (int t = 0; t < offsets.length; t++) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, planes, offsets[t] + p);
      FloatVector x1 = FloatVector.fromArray(FLOATS, planes, offsets[t] + p + LANES);
      FloatVector w = FloatVector.broadcast(FLOATS, weights[4 * t]);
      a0 = x0.fma(w, a0);
      a1 = x1.fma(w, a1);
      w = FloatVector.broadcast(FLOATS, weights[4 * t + 1]);
      b0 = x0.fma(w, b0);
      b1 = x1.fma(w, b1);
      w = FloatVector.broadcast(FLOATS, weights[4 * t + 2]);
      c0 = x0.fma(w, c0);
      c1 = x1.fma(w, c1);
      w = FloatVector.broadcast(FLOATS, weights[4 * t + 3]);
      d0 = x0.fma(w, d0);
      d1 = x1.fma(w, d1);
    }
    a0.intoArray(a, p);
    a1.intoArray(a, p + LANES);
    b0.intoArray(b, p);
    b1.intoArray(b, p + LANES);
    c0.intoArray(c, p);
    c1.intoArray(c, p + LANES);
    d0.intoArray(d, p);
    d1.intoArray(d, p + LANES);
  }

  private static void fourByFour(
      float[] planes,
      int[] offsets,
      float[] weights,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      int p) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector a0 = zero;
    FloatVector a1 = zero;
    FloatVector a2 = zero;
    FloatVector a3 = zero;
    FloatVector b0 = zero;
    FloatVector b1 = zero;
    FloatVector b2 = zero;
    FloatVector b3 = zero;
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    FloatVector c2 = zero;
    FloatVector c3 = zero;
    FloatVector d0 = zero;
    FloatVector d1 = zero;
    FloatVector d2 = zero;
    FloatVector d3 = zero;
    for (int t = 0; t < offsets.length; t++) {
      int at = offsets[t] + p;
      FloatVector x0 = FloatVector.fromArray(FLOATS, planes, at);
      FloatVector x1 = FloatVector.fromArray(FLOATS, planes, at + LANES);
      FloatVector x2 = FloatVector.fromArray(FLOATS, planes, at + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(FLOATS, planes, at + 3 * LANES);
      FloatVector w = FloatVector.broadcast(FLOATS, weights[4 * t]);
      a0 = x0.fma(w, a0);
      a1 = x1.fma(w, a1);
      a2 = x2.fma(w, a2);
      a3 = x3.fma(w, a3);
      w = FloatVector.broadcast(FLOATS, weights[4 * t + 1]);
      b0 = x0.fma(w, b0);
      b1 = x1.fma(w, b1);
      b2 = x2.fma(w, b2);
      b3 = x3.fma(w, b3);
      w = FloatVector.broadcast(FLOATS, weights[4 * t + 2]);
      c0 = x0.fma(w, c0);
      c1 = x1.fma(w, c1);
      c2 = x2.fma(w, c2);
      c3 = x3.fma(w, c3);
      w = FloatVector.broadcast(FLOATS, weights[4 * t + 3]);
      d0 = x0.fma(w, d0);
      d1 = x1.fma(w, d1);
      d2 = x2.fma(w, d2);
      d3 = x3.fma(w, d3);
    }
    a0.intoArray(a, p);
    a1.intoArray(a, p + LANES);
    a2.intoArray(a, p + 2 * LANES);
    a3.intoArray(a, p + 3 * LANES);
    b0.intoArray(b, p);
    b1.intoArray(b, p + LANES);
    b2.intoArray(b, p + 2 * LANES);
    b3.intoArray(b, p + 3 * LANES);
    c0.intoArray(c, p);
    c1.intoArray(c, p + LANES);
    c2.intoArray(c, p + 2 * LANES);
    c3.intoArray(c, p + 3 * LANES);
    d0.intoArray(d, p);
    d1.intoArray(d, p + LANES);
    d2.intoArray(d, p + 2 * LANES);
    d3.intoArray(d, p + 3 * LANES);
  }

  /** Writes the sums of one filter. */
  static void one(float[] planes, int[] offsets, float[] weights, float[] sums, int positions) {
    for (int p = 0; p < positions; p += 4 * LANES) {
      FloatVector s0 = FloatVector.zero(FLOATS);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int t = 0; t < offsets.length; t++) {
        int at = offsets[t] + p;
        FloatVector w = FloatVector.broadcast(FLOATS, weights[t]);
        s0 = FloatVector.fromArray(FLOATS, planes, at).fma(w, s0);
        s1 = FloatVector.fromArray(FLOATS, planes, at + LANES).fma(w, s1);
        s2 = FloatVector.fromArray(FLOATS, planes, at + 2 * LANES).fma(w, s2);
        s3 = FloatVector.fromArray(FLOATS, planes, at + 3 * LANES).fma(w, s3);
      }
      s0.intoArray(sums, p);
      s1.intoArray(sums, p + LANES);
      s2.intoArray(sums, p + 2 * LANES);
      s3.intoArray(sums, p + 3 * LANES);
    }
  }
}
