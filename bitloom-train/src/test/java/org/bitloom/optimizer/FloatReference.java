package org.bitloom.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.bitloom.testkit.NaiveAdam;

/** Some float parameters of a network, moved by Adam in double precision. */
final class FloatReference {
  private static final Offset<Float> NEAR = Offset.offset(1e-5f);

  private final Map<String, NaiveAdam> optimizers = new HashMap<>();
  private final double rate;

  FloatReference(Map<String, float[]> start, List<String> names, double rate) {
    this.rate = (float) rate;
    names.forEach(name -> optimizers.put(name, new NaiveAdam(doubles(start.get(name)))));
  }

  void step(Map<String, float[]> gradients) {
    optimizers.forEach((name, adam) -> adam.step(doubles(gradients.get(name)), rate));
  }

  void assertAgrees(Map<String, float[]> values) {
    optimizers.forEach(
        (name, adam) -> {
          float[] expected = new float[adam.values().length];
          for (int i = 0; i < expected.length; i++) {
            expected[i] = (float) adam.values()[i];
          }
          assertThat(values.get(name)).as(name).containsExactly(expected, NEAR);
        });
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
