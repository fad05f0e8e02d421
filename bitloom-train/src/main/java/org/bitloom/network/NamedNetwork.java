package org.bitloom.network;

import ai.djl.nn.Block;
import org.bitloom.data.ImageSet;

/**
 * A network that bitloom knows.
 *
 * @param name one of {@link Networks#names}
 */
record NamedNetwork(String name) implements Network {
  NamedNetwork {
    Networks.checkName(name);
  }

  @Override
  public Block build(ImageSet images) {
    Networks.checkImages(name, images.height(), images.width());
    return Networks.build(name, images.classes());
  }
}
