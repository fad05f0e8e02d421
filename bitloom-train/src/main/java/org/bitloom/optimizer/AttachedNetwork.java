package org.bitloom.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.tracker.ParameterTracker;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.bitloom.update.CpuState;
import org.bitloom.update.ParameterSpec;

/** The state of some parameters beside the learning rates and the engine's memory of a step. */
final class AttachedNetwork {
  private final CpuState state;
  private final ParameterTracker rate;
  private final FloatBuffer[] gradients;
  private final FloatBuffer[] weights;
  private final List<FloatBuffer> allGradients;
  private final List<FloatBuffer> allWeights;
  private final double[] rates;

  AttachedNetwork(CpuState state, ParameterTracker rate) {
    int parameters = state.parameters().size();
    this.state = state;
    this.rate = rate;
    this.gradients = new FloatBuffer[parameters];
    this.weights = new FloatBuffer[parameters];
    this.allGradients = Arrays.asList(gradients);
    this.allWeights = Arrays.asList(weights);
    this.rates = new double[parameters];
  }

  CpuState state() {
    return state;
  }

  /** Writes the weights that the bits make. */
  void compose(List<NDArray> arrays) {
    List<FloatBuffer> buffers = arrays.stream().map(EngineMemory::floats).toList();
    state.compose(buffers);
  }

  /** Takes one step of all parameters; both lists are in their order. */
  void step(List<Parameter> parameters, List<NDArray> engineGradients) {
    try {
      for (int i = 0; i < rates.length; i++) {
        weights[i] = EngineMemory.floats(parameters.get(i).getArray());
        gradients[i] = EngineMemory.floats(engineGradients.get(i));
        rates[i] = rate(i);
      }
      state.step(allGradients, allWeights, rates);
    } finally {
      Arrays.fill(weights, null); // the engine's memory ends with the step
      Arrays.fill(gradients, null);
    }
  }

  /** Takes one step of a single parameter. */
  void step(int parameter, NDArray weight, NDArray gradient) {
    state.step(
        parameter, EngineMemory.floats(gradient), EngineMemory.floats(weight), rate(parameter));
  }

  private double rate(int parameter) {
    ParameterSpec spec = state.parameters().get(parameter);
    int number = Math.toIntExact(state.steps(spec.name()) + 1);
    return rate.getNewValue(spec.name(), number);
  }
}
