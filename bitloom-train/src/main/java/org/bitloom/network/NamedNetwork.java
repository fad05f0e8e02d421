package org.bitloom.network;

import ai.djl.nn.Block;
import org.bitloom.data.ImageSet;

/**
 * A network that bitloom knows.
 *
 * @param name one of {@link org.bitloom.graph.KnownNetworks#names}
 */
record NamedNetwork(String name) implements Network {
  NamedNetwork {
    Networks.checkName(name);
  }

  @Override
  public Block build(ImageSet images) {
    return new GraphBlock(Networks.graph(name, images));
  }
}
