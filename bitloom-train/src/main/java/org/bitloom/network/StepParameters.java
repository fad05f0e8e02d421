package org.bitloom.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

/**
 * The values of parameters in one forward pass.
 *
 * @param training whether gradients will be asked for, and norms go by the batch
 */
record StepParameters(ParameterStore store, Device device, boolean training) {
  /** Returns the value; null for no parameter, such as the bias of a layer without one. */
  NDArray of(Parameter parameter) {
    return parameter == null ? null : store.getValue(parameter, device, training);
  }
}
