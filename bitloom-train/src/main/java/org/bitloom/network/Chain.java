package org.bitloom.network;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/** Runs blocks one after the other. */
final class Chain extends Composite {
  private final List<Block> links = new ArrayList<>();

  /** Appends a block. */
  Chain add(Block block) {
    addPart(block);
    links.add(block);
    return this;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList current = inputs;
    for (Block link : links) {
      current = link.forward(store, current, training);
    }
    return current;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    Shape[] shapes = inputShapes;
    for (Block link : links) {
      link.initialize(manager, type, shapes);
      shapes = link.getOutputShapes(shapes);
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape[] shapes = inputShapes;
    for (Block link : links) {
      shapes = link.getOutputShapes(shapes);
    }
    return shapes;
  }
}
