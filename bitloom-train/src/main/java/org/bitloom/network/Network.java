package org.bitloom.network;

import ai.djl.nn.Block;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;

/**
 * A network that can be built: one that bitloom knows by name, one that a model describes, or a
 * module from a file.
 */
public sealed interface Network permits NamedNetwork, DescribedNetwork, OwnNetwork {
  /** Returns the name for a model's metadata: {@code lenet300}, or a file's {@code cnn.pt}. */
  String name();

  /**
   * Builds the network, not yet initialized; its input is {@code [batch, channels, height, width]},
   * its output {@code [batch, classes]} logits. A block that is {@link AutoCloseable} must be
   * closed.
   *
   * @throws UsageException if the images do not fit
   */
  Block build(ImageSet images);
}
