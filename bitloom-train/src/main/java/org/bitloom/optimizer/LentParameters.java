package org.bitloom.optimizer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Lends a block its parameters for one step at a time, as arrays that have no gradient yet.
 *
 * <p>To an array that keeps its gradient the engine adds in every step, someone has to zero it, and
 * DJL's own parameter server copies it: three passes over memory. An array lent here shares the
 * memory of its parameter and ends with the step, and its gradient is the one that the engine made.
 * A parameter that a block reaches in another way, as a TorchScript module does, keeps its
 * gradient.
 *
 * <p>Use it in place of DJL's {@code Trainer}: {@link #begin}, {@code block.forward(lent, inputs,
 * true)}, backward, {@link #update}.
 */
public final class LentParameters extends ParameterStore {
  private final List<Parameter> parameters;
  private final BitwiseOptimizer optimizer;
  private final IdentityHashMap<Parameter, NDArray> lent = new IdentityHashMap<>();
  private final List<Parameter> moving = new ArrayList<>();
  private final List<NDArray> gradients = new ArrayList<>();
  private NDManager scope;

  /**
   * Lends the parameters of an initialized block on the CPU.
   *
   * @param optimizer moves them, best after {@link BitwiseOptimizer#attach}: then all in one call
   * @param manager owns the parameters
   */
  public LentParameters(Block block, BitwiseOptimizer optimizer, NDManager manager) {
    super(manager, false);
    this.parameters = List.copyOf(block.getParameters().values());
    this.optimizer = optimizer;
  }

  /** Begins a step, whose arrays {@code stepScope} closes. */
  public void begin(NDManager stepScope) {
    scope = stepScope;
    lent.clear();
  }

  /** Returns the array of this step when training, else the parameter's own. */
  @Override
  public NDArray getValue(Parameter parameter, Device device, boolean training) {
    if (parameter == null) { // such as a bias that a layer does without
      return null;
    }
    if (!training || !parameter.requiresGradient()) {
      return parameter.getArray();
    }
    NDArray array = lent.get(parameter);
    if (array == null) {
      array = parameter.getArray().stopGradient();
      array.attach(scope);
      array.setRequiresGradient(true);
      lent.put(parameter, array);
    }
    return array;
  }

  /** Updates every trained parameter of the block by the gradients of this step. */
  public void update() {
    try {
      for (Parameter parameter : parameters) {
        if (parameter.requiresGradient()) {
          NDArray array = lent.get(parameter);
          moving.add(parameter);
          gradients.add((array == null ? parameter.getArray() : array).getGradient());
        }
      }
      optimizer.move(moving, gradients);
      for (Parameter parameter : moving) {
        if (!lent.containsKey(parameter)) {
          JniUtils.zeroGrad((PtNDArray) parameter.getArray());
        }
      }
    } finally {
      gradients.forEach(NDArray::close);
      gradients.clear();
      moving.clear();
    }
  }
}
