package org.bitloom.network;

import ai.djl.nn.Block;
import org.bitloom.data.ImageSet;
import org.bitloom.script.ScriptNetwork;

/**
 * A network of the user's own.
 *
 * @param script the module that a file holds
 */
public record OwnNetwork(ScriptNetwork script) implements Network {
  @Override
  public String name() {
    return script.name();
  }

  @Override
  public Block build(ImageSet images) {
    return script.build(images);
  }
}
