package org.bitloom.network;

import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;

/**
 * A block made of blocks.
 *
 * <p>Before every forward pass a block is asked whether it is initialized. DJL's own composites
 * list and name all parameters below them for the answer, at every level of a network anew; these
 * find it out once.
 */
abstract class Composite extends AbstractBlock {
  private boolean initialized;

  /** Adds a part, under the name that DJL's composites would give it: model files hold it. */
  final void addPart(Block part) {
    String name = part.getClass().getSimpleName();
    if (part instanceof Chain) {
      name = "SequentialBlock";
    } else if (part instanceof Sum) {
      name = "ParallelBlock";
    }
    addChildBlock(name, part);
  }

  @Override
  public final boolean isInitialized() {
    initialized = initialized || super.isInitialized();
    return initialized;
  }

  @Override
  public final void clear() {
    super.clear();
    initialized = false;
  }
}
