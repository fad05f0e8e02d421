package org.bitloom.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** Adds the outputs of two blocks for the same input. */
final class Sum extends Composite {
  private final Block body;
  private final Block shortcut;

  Sum(Block body, Block shortcut) {
    addPart(body);
    addPart(shortcut);
    this.body = body;
    this.shortcut = shortcut;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray deep = body.forward(store, inputs, training).head();
    return new NDList(deep.add(shortcut.forward(store, inputs, training).head()));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    body.initialize(manager, type, inputShapes);
    shortcut.initialize(manager, type, inputShapes);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return body.getOutputShapes(inputShapes);
  }
}
