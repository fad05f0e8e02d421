package org.bitloom.session.plain;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.bitloom.data.ImageSet;
import org.bitloom.infer.BitNetwork;
import org.bitloom.model.ConfusionMatrix;

/**
 * A network that runs over images in plain Java.
 *
 * @param network that runs
 * @param threads that it is run by, at least 1; the result is the same whatever their number
 */
public record PlainNetwork(BitNetwork network, int threads) {
  /**
   * How the answers to labelled images fell.
   *
   * @param matrix of labels and answers
   * @param loss mean softmax cross-entropy
   */
  public record Answers(ConfusionMatrix matrix, double loss) {}

  /** Measures images whose labels are the classes of the network. */
  public Answers measure(ImageSet images) {
    int classes = images.classes();
    int[] answers = new int[images.count()];
    double[] losses = new double[images.count()];
    forEach(
        images,
        (index, scores) -> {
          answers[index] = BitNetwork.largest(scores);
          losses[index] = loss(scores, images.labels()[index] & 0xff);
        });
    long[] counts = new long[classes * classes];
    for (int i = 0; i < answers.length; i++) {
      counts[(images.labels()[i] & 0xff) * classes + answers[i]]++;
    }
    double loss = Arrays.stream(losses).sum() / losses.length;
    return new Answers(ConfusionMatrix.of(classes, counts), loss);
  }

  /** Returns the probability of every class for every image. */
  public List<float[]> probabilities(ImageSet images) {
    float[][] rows = new float[images.count()][];
    forEach(images, (index, scores) -> rows[index] = BitNetwork.probabilities(scores));
    return List.of(rows);
  }

  /** Takes the scores of an image. */
  private interface Seen {
    void accept(int index, float[] scores);
  }

  private void forEach(ImageSet images, Seen seen) {
    if (threads == 1 || images.count() == 1) {
      part(images, 0, 1, seen);
      return;
    }
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      pool.submit(
              () ->
                  IntStream.range(0, threads)
                      .parallel()
                      .forEach(part -> part(images, part, threads, seen)))
          .join();
    } finally {
      pool.shutdown();
    }
  }

  /** Sees every image whose number leaves a remainder. */
  private void part(ImageSet images, int remainder, int parts, Seen seen) {
    float[] pixels = new float[images.imageSize()];
    for (int image = remainder; image < images.count(); image += parts) {
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = images.pixels()[image * pixels.length + i] & 0xff;
      }
      seen.accept(image, network.scores(pixels));
    }
  }

  /** Returns the cross-entropy of the softmax of scores. */
  private static double loss(float[] scores, int label) {
    float most = scores[BitNetwork.largest(scores)];
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score - most);
    }
    return Math.log(sum) - (scores[label] - most);
  }
}
