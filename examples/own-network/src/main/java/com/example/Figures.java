package com.example;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws bars, crosses and squares at random places of a noisy picture, so that a class shows in
 * shapes and not in single pixels.
 */
final class Figures {
  static final int SIDE = 12;
  static final List<String> CLASSES = List.of("bar", "column", "cross", "square");

  private static final int FIGURE = 5;
  private static final String[] PICTURES = {
    "..... ..... ##### ..... .....",
    "..#.. ..#.. ..#.. ..#.. ..#..",
    "..#.. ..#.. ##### ..#.. ..#..",
    "##### #...# #...# #...# #####"
  };

  private Figures() {}

  /** Draws a set; the manager owns its arrays. */
  static ArrayDataset draw(NDManager manager, int count, long seed) {
    long[] labels = new long[count];
    for (int sample = 0; sample < count; sample++) {
      labels[sample] = sample % PICTURES.length;
    }
    return new ArrayDataset.Builder()
        .setData(pictures(manager, count, seed))
        .optLabels(manager.create(labels))
        .setSampling(20, true)
        .build();
  }

  /** Draws pictures of all classes in turn, {@code [count, 1, SIDE, SIDE]}. */
  static NDArray pictures(NDManager manager, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[count * SIDE * SIDE];
    for (int sample = 0; sample < count; sample++) {
      String picture = PICTURES[sample % PICTURES.length].replace(" ", "");
      draw(picture, pixels, sample * SIDE * SIDE, random);
    }
    return manager.create(pixels, new Shape(count, 1, SIDE, SIDE));
  }

  private static void draw(String picture, float[] pixels, int at, SplittableRandom random) {
    for (int i = 0; i < SIDE * SIDE; i++) {
      pixels[at + i] = 0.6f * (float) random.nextDouble();
    }
    int top = random.nextInt(SIDE - FIGURE + 1);
    int left = random.nextInt(SIDE - FIGURE + 1);
    for (int i = 0; i < FIGURE * FIGURE; i++) {
      if (picture.charAt(i) == '#') {
        pixels[at + (top + i / FIGURE) * SIDE + left + i % FIGURE] += 1;
      }
    }
  }
}
