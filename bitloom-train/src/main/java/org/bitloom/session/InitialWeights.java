package org.bitloom.session;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitloom.bits.RandomStreams;
import org.bitloom.error.UsageException;
import org.bitloom.session.batch.NativeFloats;

/** Gives an initialized network the values it starts from. */
@FunctionalInterface
interface InitialWeights {
  /**
   * Writes the values into the parameters.
   *
   * @param parameters of the network by name, in layer order
   * @throws UsageException if the values are for another network
   */
  void fill(Map<String, Parameter> parameters);

  /** Returns lines for the user about what was made of the values; none as a rule. */
  default List<String> remarks() {
    return List.of();
  }

  /**
   * Draws float weights uniformly with He's deviation, as the paper's baseline; bits overwrite
   * them.
   *
   * @param seed of the run
   */
  static InitialWeights drawn(long seed) {
    return parameters ->
        parameters.forEach(
            (name, parameter) -> {
              if (parameter.getType() == Parameter.Type.WEIGHT) {
                draw(parameter, RandomStreams.of(seed, "float/" + name));
              }
            });
  }

  private static void draw(Parameter parameter, SplittableRandom random) {
    Shape shape = parameter.getArray().getShape();
    double limit = Math.sqrt(6.0 / shape.slice(1).size());
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (limit * (2 * random.nextDouble() - 1));
    }
    NativeFloats.of(parameter.getArray()).put(values);
  }
}
