package org.bitloom.session.engine;

import org.bitloom.graph.Convolution;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Graph;
import org.bitloom.graph.Node;

/**
 * How many threads the engine gets, by the size of the network's largest matrix product.
 *
 * <p>A product is shared among threads, and they meet after each: with two threads the small
 * products of LeNet-300-100 take 1.4 to 2 times as long as with one. The number follows from
 * network, batch and threads allowed, so that a run repeats.
 */
public final class EngineThreads {
  /** Operations, a multiplication and an addition each counted, that keep one thread busy. */
  static final long PER_THREAD = 64_000_000;

  private EngineThreads() {}

  /**
   * Returns the threads that are worth their meeting, 1..{@code allowed}.
   *
   * @param batch samples that are computed at once
   * @param allowed threads there are at most
   */
  public static int of(Graph graph, int batch, int allowed) {
    long operations = 0;
    for (Node node : graph.nodes()) {
      operations = Math.max(operations, operations(graph, node));
    }
    long worth = (operations * batch + PER_THREAD / 2) / PER_THREAD;
    return (int) Math.max(1, Math.min(allowed, worth));
  }

  /** Returns the operations of a node's forward pass for one sample; 0 if it multiplies nothing. */
  private static long operations(Graph graph, Node node) {
    if (!(node instanceof Dense || node instanceof Convolution)) {
      return 0;
    }
    long places = 1;
    for (int side : graph.shapeOf(node.name()).subList(1, graph.shapeOf(node.name()).size())) {
      places *= side;
    }
    return 2 * places * graph.parameter(node.name() + ".weight").size();
  }
}
