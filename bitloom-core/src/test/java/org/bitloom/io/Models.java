package org.bitloom.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;

/** Makes models for tests. */
final class Models {
  private Models() {}

  /** Returns the model of docs/format.md: weights +5 -5 +0 -0 times 0.5 and a float bias. */
  static BitModel tiny() {
    BitLayout layout = BitMask.parse("111000").at(6);
    int[] codes = {0b000101, 0b100101, 0b000000, 0b100000};
    return new BitModel(
        "tiny",
        List.of(2),
        2,
        new Normalization(new float[] {1, 2}, 4),
        List.of(
            new BitTensor("01Linear_weight", List.of(2, 2), layout, 0.5f, codes),
            new FloatTensor("01Linear_bias", List.of(2), new float[] {0.25f, -1})),
        Map.of("seed", "1"));
  }

  /** Returns a dense network of random bit strings; {@code sizes} are the units from the input. */
  static BitModel dense(SplittableRandom random, int depth, int... sizes) {
    List<ModelTensor> tensors = new ArrayList<>();
    for (int i = 1; i < sizes.length; i++) {
      String name = "0" + i + "Linear_weight";
      tensors.add(bits(random, name, depth, List.of(sizes[i], sizes[i - 1])));
    }
    return model(random, sizes[0], sizes[sizes.length - 1], tensors);
  }

  /**
   * Returns a network of {@code depth} bits around another; the bits above are random and trained.
   */
  static BitModel around(BitModel inner, int depth, SplittableRandom random) {
    List<ModelTensor> tensors = new ArrayList<>();
    for (ModelTensor tensor : inner.tensors()) {
      if (tensor instanceof BitTensor nested) {
        int below = BitLayout.allBits(nested.layout().depth());
        int above = BitLayout.allBits(depth) & ~below;
        int[] codes = nested.codes();
        for (int i = 0; i < codes.length; i++) {
          codes[i] |= random.nextInt() & above;
        }
        float scale = 0.7f / (1L << depth);
        BitLayout layout = new BitLayout(depth, above);
        tensors.add(new BitTensor(nested.name(), nested.shape(), layout, scale, codes));
      } else {
        tensors.add(floats(random, tensor.name(), tensor.shape()));
      }
    }
    int inputs = inner.normalization().size();
    return model(random, inputs, inner.classes(), tensors).around(inner);
  }

  /** Returns random bit strings with a random mask and a scale that keeps weights below 1. */
  static BitTensor bits(SplittableRandom random, String name, int depth, List<Integer> shape) {
    int all = -1 >>> (32 - depth);
    int mask = random.nextInt() & all;
    int size = shape.stream().reduce(1, (a, b) -> a * b);
    int[] codes = random.ints(size).map(code -> code & all).toArray();
    float scale = (float) (random.nextDouble(0.5, 1) / (1L << depth));
    return new BitTensor(name, shape, new BitLayout(depth, mask == 0 ? 1 : mask), scale, codes);
  }

  static FloatTensor floats(SplittableRandom random, String name, List<Integer> shape) {
    int size = shape.stream().reduce(1, (a, b) -> a * b);
    return new FloatTensor(name, shape, randomFloats(random, size, -1, 1));
  }

  static BitModel model(
      SplittableRandom random, int inputs, int classes, List<ModelTensor> tensors) {
    float[] mean = randomFloats(random, inputs, 0, 255);
    return new BitModel(
        "dense",
        List.of(inputs),
        classes,
        new Normalization(mean, 78.5f),
        tensors,
        Map.of("seed", "220209571"));
  }

  private static float[] randomFloats(SplittableRandom random, int size, double from, double to) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(from, to);
    }
    return values;
  }
}
