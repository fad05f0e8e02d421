package org.bitloom.bench.infer;

/** One who gives scores for an image. */
interface Racer {
  String name();

  float[] scores(float[] pixels);
}
