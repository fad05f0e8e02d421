package org.bitloom.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.bitloom.update.BitwiseParameter;
import org.bitloom.update.FloatParameter;
import org.bitloom.update.Method;
import org.bitloom.update.TrainedParameter;
import org.bitloom.update.kernel.UpdateKernels;

/**
 * Makes the states that parameters begin to train from.
 *
 * @param method of float parameters
 * @param fromWeights whether bits are those of the weights, quantized, or drawn
 */
record FirstStates(Method method, UpdateKernels kernels, long seed, boolean fromWeights) {
  /** Makes the state of one parameter; {@code bits} is empty for a float parameter. */
  TrainedParameter create(String name, NDArray weight, Optional<BitwiseParameter.Training> bits) {
    EngineMemory.check(name, weight);
    Shape shape = weight.getShape();
    int size = Math.toIntExact(shape.size());
    if (bits.isEmpty()) {
      return new FloatParameter(name, size, method, kernels);
    }
    int fanIn = Math.toIntExact(shape.slice(1).size());
    return fromWeights
        ? BitwiseParameter.fromWeights(name, weight.toFloatArray(), fanIn, bits.get(), kernels)
        : new BitwiseParameter(name, size, fanIn, bits.get(), kernels, seed);
  }
}
