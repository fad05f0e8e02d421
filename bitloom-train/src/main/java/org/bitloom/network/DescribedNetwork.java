package org.bitloom.network;

import ai.djl.nn.Block;
import java.util.List;
import java.util.Locale;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.graph.Graph;

/**
 * A network that its model describes; whether bitloom knows its name does not matter.
 *
 * @param name of the network, for messages
 * @param graph what it computes
 */
public record DescribedNetwork(String name, Graph graph) implements Network {
  @Override
  public Block build(ImageSet images) {
    List<Integer> shape = List.of(images.channels(), images.height(), images.width());
    if (!graph.inputShape().equals(shape) || graph.classes() != images.classes()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "data must have images of %s and %d classes for %s, got %s and %d",
              graph.inputShape(),
              graph.classes(),
              name,
              shape,
              images.classes()),
          "choose the --data that the model was made for");
    }
    return new GraphBlock(graph);
  }
}
