package org.bitloom.session.memory;

import ai.djl.nn.Block;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bitloom.bits.BitLayout;
import org.bitloom.data.DataSet;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.graph.Node;
import org.bitloom.graph.Relu;
import org.bitloom.graph.Role;
import org.bitloom.network.GraphBlock;
import org.bitloom.network.Networks;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.update.UpdateRule;

/**
 * Refuses what cannot fit into memory before anything of it is built. Every estimate is a lower
 * bound: what is refused would have failed, what is let through may fail all the same.
 *
 * @param limits of memory
 */
public record NetworkRoom(MemoryLimits limits) {
  /** Floats that one array can pass between Java and the engine: buffers end below 2^31 bytes. */
  static final int MAX_FLOATS = Integer.MAX_VALUE / Float.BYTES;

  private static final long GIB = 1L << 30;

  /**
   * What training takes.
   *
   * @param heap bytes of latents, moments and pixels in Java
   * @param engine bytes of weights, gradients and what the layers make of a batch
   */
  record Need(long heap, long engine) {
    long bytes() {
      return heap + engine;
    }
  }

  /** Refuses a network whose parameters cannot be held, be it trained or only evaluated. */
  public void checkWeights(Block block, ImageSet images, String name) {
    if (block instanceof GraphBlock built) {
      Graph graph = built.graph();
      if (!arraysFit(graph) || weights(graph) * Float.BYTES > limits.machine()) {
        throw refused(name, images, graph, Optional.empty());
      }
    }
  }

  /**
   * Refuses a run on the processor whose state, pixels and batches are more than there is.
   *
   * @throws UsageException naming the largest layer, what there is, and a size of images that fits
   */
  public void checkTraining(Block block, DataSet data, RunSettings settings) {
    ImageSet images = data.train();
    long batch = (long) settings.batch() * images.imageSize();
    if (batch > MAX_FLOATS) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "a batch must have at most %,d pixels, got %,d of %d images",
              MAX_FLOATS,
              batch,
              settings.batch()),
          "lower --batch to " + MAX_FLOATS / images.imageSize() + " or less");
    }
    if (block instanceof GraphBlock built) {
      Graph graph = built.graph();
      Need need = need(graph, settings, pixels(data));
      if (!arraysFit(graph) || !fits(need)) {
        throw refused(
            settings.network(), images, graph, Optional.of(new Training(settings, pixels(data))));
      }
    }
  }

  /** What must be known of a run to tell what it needs. */
  private record Training(RunSettings settings, long pixels) {}

  private static long pixels(DataSet data) {
    return (long) data.train().pixels().length + data.test().pixels().length;
  }

  private boolean fits(Need need) {
    return need.heap() <= limits.heap() && need.bytes() <= limits.machine();
  }

  private static boolean arraysFit(Graph graph) {
    return graph.parameters().stream().allMatch(parameter -> parameter.size() <= MAX_FLOATS);
  }

  private static long weights(Graph graph) {
    return graph.parameters().stream().mapToLong(GraphParameter::size).sum();
  }

  /** Returns what a run needs at least; {@code pixels} lie in the heap. */
  static Need need(Graph graph, RunSettings settings, long pixels) {
    long state = 0;
    for (GraphParameter parameter : graph.parameters()) {
      state += (long) (parameter.size() * stateBytes(parameter.role(), settings));
    }
    long made = 0;
    for (Node node : graph.nodes()) {
      if (!(node instanceof Relu || node instanceof Flatten)) { // may share what stands before them
        made += product(graph.shapeOf(node.name()));
      }
    }
    return new Need(state + pixels, Float.BYTES * (2 * weights(graph) + made * settings.batch()));
  }

  private static long product(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** Returns the bytes of state per parameter; see {@code BitwiseParameter} for the formulas. */
  private static double stateBytes(Role role, RunSettings settings) {
    int moments = Float.BYTES * (settings.optimizer().name().equals("sgd") ? 1 : 2);
    if (role == Role.STATISTIC) {
      return 0;
    }
    if (role != Role.WEIGHT
        || !(settings.weights() instanceof BitWeights bits)
        || !bits.layers().isEmpty()) {
      return moments; // rules for single layers may make floats of them all
    }
    BitLayout layout = bits.mask().at(bits.depth());
    int magnitudes = layout.trainedMagnitudeBits().length;
    double sign = layout.signTrained() ? Float.BYTES + moments : 0;
    double frozen = (bits.depth() - Integer.bitCount(layout.trained())) / 8.0;
    double latents = bits.rule() == UpdateRule.COUPLED ? Math.min(1, magnitudes) : magnitudes;
    return sign + frozen + Float.BYTES * latents + (magnitudes > 0 ? moments : 0);
  }

  private UsageException refused(
      String name, ImageSet images, Graph graph, Optional<Training> training) {
    GraphParameter largest =
        graph.parameters().stream()
            .max(Comparator.comparingInt(GraphParameter::size))
            .orElseThrow();
    String what =
        String.format(
            Locale.ROOT,
            "%s for images of %dx%d would have %,d weights, %,d of them in %s",
            name,
            images.width(),
            images.height(),
            weights(graph),
            largest.size(),
            largest.name());
    if (largest.size() > MAX_FLOATS) {
      what += String.format(Locale.ROOT, "; a layer must have at most %,d", MAX_FLOATS);
    } else {
      String needed =
          training
              .map(run -> need(graph, run.settings(), run.pixels()))
              .map(NetworkRoom::text)
              .orElseGet(() -> MemoryLimits.text(weights(graph) * Float.BYTES));
      what += ", which must fit into memory: needs at least " + needed + ", found " + limits;
    }
    return new UsageException(what, hint(name, images, graph, training));
  }

  private static String text(Need need) {
    return MemoryLimits.text(need.bytes()) + ", " + MemoryLimits.text(need.heap()) + " of it heap";
  }

  private String hint(String name, ImageSet images, Graph graph, Optional<Training> training) {
    String smaller =
        Networks.smaller(name, images, small -> arraysFit(small) && fitsEasily(small, training))
            .map(size -> "make the images smaller: --resize " + size + " fits; or lower --batch")
            .orElse("choose a smaller --net or --batch, or smaller images");
    Optional<Need> need = training.map(run -> need(graph, run.settings(), run.pixels()));
    return need.filter(bytes -> arraysFit(graph) && bytes.bytes() < limits.machine())
        .map(bytes -> "raise the heap: BITLOOM_OPTS=-Xmx" + (bytes.heap() / GIB + 2) + "g; or ")
        .map(raise -> raise + smaller)
        .orElse(smaller);
  }

  /** Leaves room for what the estimate does not know. */
  private boolean fitsEasily(Graph graph, Optional<Training> training) {
    return training
        .map(run -> need(graph, run.settings(), 0))
        .map(need -> fits(new Need(2 * need.heap(), 2 * need.engine())))
        .orElse(weights(graph) * Float.BYTES * 2 <= limits.machine());
  }
}
