package org.bitloom.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.HeScale;
import org.bitloom.data.ImageSet;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.graph.Role;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Task;

/**
 * Networks with drawn weights, as trained ones are: values neither fade nor grow from layer to
 * layer.
 *
 * @param random source of all that is drawn
 * @param depth of the weights
 * @param zeros share of weights that are 0
 */
record MadeUpModel(SplittableRandom random, int depth, double zeros) {
  BitModel of(Graph graph) {
    List<ModelTensor> tensors = new ArrayList<>();
    for (GraphParameter parameter : graph.parameters()) {
      tensors.add(parameter.role() == Role.WEIGHT ? bits(parameter) : floats(parameter));
    }
    int size = graph.inputShape().stream().reduce(1, (a, b) -> a * b);
    float[] mean = new float[size];
    for (int i = 0; i < size; i++) {
      mean[i] = (float) random.nextDouble(0, 200);
    }
    Normalization normalization = new Normalization.MeanImage(mean, 71.5f);
    return new BitModel(
        Architecture.of("made-up", graph),
        new Task(graph.inputShape(), normalization, graph.classes()),
        tensors,
        Map.of());
  }

  private BitTensor bits(GraphParameter parameter) {
    int[] codes = new int[parameter.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = random.nextInt() & BitLayout.allBits(depth);
      if (random.nextDouble() < zeros) {
        codes[i] &= 1 << (depth - 1); // the sign of a zero stays
      }
    }
    float scale = HeScale.of(codes, depth, parameter.fanIn());
    BitLayout layout = new BitLayout(depth, BitLayout.allBits(depth));
    return new BitTensor(parameter.name(), parameter.shape(), layout, scale, codes);
  }

  private FloatTensor floats(GraphParameter parameter) {
    boolean positive = parameter.name().endsWith("gamma") || parameter.role() == Role.STATISTIC;
    float[] values = new float[parameter.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (positive ? random.nextDouble(0.5, 1.5) : random.nextDouble(-0.5, 0.5));
    }
    return new FloatTensor(parameter.name(), parameter.shape(), values);
  }

  /** Draws some raw samples, half of their pixels black. */
  byte[][] samples(Graph graph, int count) {
    byte[][] samples = new byte[count][graph.inputShape().stream().reduce(1, (a, b) -> a * b)];
    for (byte[] sample : samples) {
      for (int i = 0; i < sample.length; i++) {
        sample[i] = random.nextBoolean() ? 0 : (byte) random.nextInt();
      }
    }
    return samples;
  }

  /** Returns ways from pixels to inputs that no known network is made up with. */
  static List<Normalization> ways() {
    return List.of(
        new Normalization.Raw(),
        new Normalization.Unit(),
        new Normalization.PerChannel(
            new float[] {0.4f, 0.5f, 0.6f}, new float[] {0.2f, 0.25f, 0.3f}));
  }

  /** Returns a model that normalizes otherwise. */
  static BitModel normalized(BitModel model, Normalization way) {
    return new BitModel(
        model.architecture(),
        new Task(model.inputShape(), way, model.classes()),
        model.tensors(),
        Map.of());
  }

  /** Returns the first images of a data set as raw samples. */
  static byte[][] samples(ImageSet images, int count) {
    byte[][] samples = new byte[count][images.imageSize()];
    for (int i = 0; i < count; i++) {
      System.arraycopy(images.pixels(), i * images.imageSize(), samples[i], 0, images.imageSize());
    }
    return samples;
  }
}
