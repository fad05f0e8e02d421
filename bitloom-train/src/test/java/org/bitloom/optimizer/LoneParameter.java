package org.bitloom.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** Passes its input on and holds a weight of its own beside it. */
final class LoneParameter extends AbstractBlock {
  LoneParameter(NDArray values) {
    Parameter weight = Parameter.builder().setName("weight").setType(Parameter.Type.WEIGHT).build();
    weight.setArray(values);
    addParameter(weight);
  }

  LoneParameter(Shape shape) {
    Parameter weight = Parameter.builder().setName("weight").setType(Parameter.Type.WEIGHT).build();
    weight.setShape(shape);
    addParameter(weight);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    return inputs;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs;
  }
}
