package org.bitloom.bench.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.HeScale;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.graph.KnownNetworks;
import org.bitloom.graph.Role;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Task;

/**
 * A known network with drawn weights: how long it takes depends on how many are 0, not on what it
 * was trained for.
 *
 * @param name of the network
 * @param inputShape of its images
 * @param depth of the weights
 * @param zeros share of weights that are 0
 * @param black share of pixels that are black, as they are around the digits of MNIST
 */
record MadeUpNetwork(String name, List<Integer> inputShape, int depth, double zeros, double black) {
  private static final long SEED = 16;

  BitModel model() {
    SplittableRandom random = new SplittableRandom(SEED);
    Graph graph = KnownNetworks.of(name, inputShape, 10);
    List<ModelTensor> tensors = new ArrayList<>();
    for (GraphParameter parameter : graph.parameters()) {
      tensors.add(
          parameter.role() == Role.WEIGHT ? bits(parameter, random) : floats(parameter, random));
    }
    float[] mean = new float[size()];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) random.nextDouble(0, 150);
    }
    return new BitModel(
        Architecture.of(name, graph),
        new Task(inputShape, new Normalization.MeanImage(mean, 80), 10),
        tensors,
        Map.of());
  }

  private int size() {
    return inputShape.stream().reduce(1, (a, b) -> a * b);
  }

  private BitTensor bits(GraphParameter parameter, SplittableRandom random) {
    int[] codes = new int[parameter.size()];
    int sign = 1 << (depth - 1);
    for (int i = 0; i < codes.length; i++) {
      int magnitude = random.nextDouble() < zeros ? 0 : random.nextInt(1, sign);
      codes[i] = magnitude | (random.nextBoolean() ? sign : 0);
    }
    BitLayout layout = new BitLayout(depth, BitLayout.allBits(depth));
    float scale = HeScale.of(codes, depth, parameter.fanIn());
    return new BitTensor(parameter.name(), parameter.shape(), layout, scale, codes);
  }

  private static FloatTensor floats(GraphParameter parameter, SplittableRandom random) {
    float[] values = new float[parameter.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(0.5, 1.5);
    }
    return new FloatTensor(parameter.name(), parameter.shape(), values);
  }

  /** Draws an image. */
  float[] image() {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    float[] image = new float[size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextDouble() < black ? 0 : random.nextInt(1, 256);
    }
    return image;
  }
}
