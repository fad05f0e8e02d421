package org.bitloom.testkit;

import java.util.function.Supplier;

/** Ordinary real parameters, each with an optimizer of its own. */
final class NaiveFloats {
  private final double[] values;
  private final NaiveMove[] moves;

  NaiveFloats(double[] start, Supplier<NaiveMove> optimizer) {
    values = start.clone();
    moves = new NaiveMove[start.length];
    for (int i = 0; i < moves.length; i++) {
      moves[i] = optimizer.get();
    }
  }

  double[] values() {
    return values.clone();
  }

  void step(double[] gradient, double learningRate) {
    if (gradient.length != values.length) {
      throw new IllegalArgumentException(
          "gradient must have one value per parameter: "
              + values.length
              + ", got "
              + gradient.length);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] -= moves[i].next(gradient[i], learningRate);
    }
  }
}
