package org.bitloom.session;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitloom.bits.RandomStreams;

/**
 * Draws float weights uniformly with He's deviation, as the paper's baseline; bits overwrite them.
 *
 * @param seed of the run
 */
record DrawnWeights(long seed) implements InitialWeights {
  @Override
  public void fill(Map<String, Parameter> parameters) {
    parameters.forEach(
        (name, parameter) -> {
          Shape shape = parameter.getArray().getShape();
          if (parameter.getType() == Parameter.Type.WEIGHT && shape.dimension() >= 2) {
            double limit = Math.sqrt(6.0 / shape.slice(1).size());
            SplittableRandom random = RandomStreams.of(seed, "float/" + name);
            float[] values = new float[Math.toIntExact(shape.size())];
            for (int i = 0; i < values.length; i++) {
              values[i] = (float) (limit * (2 * random.nextDouble() - 1));
            }
            Session.floats(parameter.getArray()).put(values);
          }
        });
  }
}
