package org.bitloom.bench.step;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bitloom.bench.kernel.UpdateCase;
import org.bitloom.graph.Graph;
import org.bitloom.graph.KnownNetworks;
import org.bitloom.network.GraphBlock;
import org.bitloom.session.engine.EngineThreads;

/** What a table of steps is about: a network and its images. */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes a shape
public enum TimedNetwork {
  LENET300("lenet300", new Shape(64, 1, 28, 28), new Effort(5, 40, 90)),
  CONV4("conv4", new Shape(64, 3, 32, 32), new Effort(1, 20, 150)),
  RESNET20("resnet20", new Shape(64, 3, 32, 32), new Effort(1, 15, 140));

  public static final int BATCH = 64;
  static final int CLASSES = 10;

  private final String network;
  private final Shape images;
  private final Effort effort;

  /**
   * How long it is looked at.
   *
   * @param stepsPerTurn steps that a competitor takes before the next one
   * @param warmUpSeconds time before anything counts, at least
   * @param seconds time that counts
   */
  record Effort(int stepsPerTurn, int warmUpSeconds, int seconds) {}

  /**
   * A convolution of 3x3.
   *
   * @param in channels of its input
   * @param out channels of its output
   * @param side height and width of both
   */
  record Filters(int in, int out, int side) {
    @Override
    public String toString() {
      return "3x3, " + in + " to " + out + " channels of " + side + " x " + side;
    }
  }

  TimedNetwork(String network, Shape images, Effort effort) {
    this.network = network;
    this.images = images;
    this.effort = effort;
  }

  public static Optional<TimedNetwork> of(String network) {
    return Arrays.stream(values()).filter(known -> known.network.equals(network)).findFirst();
  }

  String network() {
    return network;
  }

  Effort effort() {
    return effort;
  }

  /** Returns a network to train, new each time. */
  public EngineTraining.Task task() {
    return new EngineTraining.Task(new GraphBlock(graph()), images, CLASSES);
  }

  /** Returns the engine's threads of a run of this network that may use {@code allowed}. */
  int engineThreads(int allowed) {
    return EngineThreads.of(graph(), BATCH, allowed);
  }

  private Graph graph() {
    List<Integer> image =
        IntStream.range(1, images.dimension()).mapToObj(i -> (int) images.get(i)).toList();
    return KnownNetworks.of(network, image, CLASSES);
  }

  /** Returns the units of a network of dense layers only, inputs first; else none. */
  List<Integer> units() {
    return this == LENET300 ? List.of(784, 300, 100, CLASSES) : List.of();
  }

  /** Returns the depths to try with {@code independent}; where steps are long, the extremes. */
  List<Integer> depthsOfIndependent() {
    return this == LENET300 ? UpdateCase.DEPTHS : List.of(2, 32);
  }

  /** Returns the convolutions that most of the work is in. */
  List<Filters> filters() {
    return switch (this) {
      case LENET300 -> List.of();
      case CONV4 -> List.of(new Filters(64, 64, 32), new Filters(128, 128, 16));
      case RESNET20 ->
          List.of(new Filters(16, 16, 32), new Filters(32, 32, 16), new Filters(64, 64, 8));
    };
  }
}
