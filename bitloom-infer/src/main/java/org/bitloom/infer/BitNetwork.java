package org.bitloom.infer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.bitloom.error.UsageException;
import org.bitloom.infer.kernel.InferenceChoice;
import org.bitloom.infer.kernel.InferenceKernels;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.Task;

/**
 * A trained network that answers in plain Java, without an engine.
 *
 * <p>It may be used by any number of threads at once. Each call works in memory of its own, which
 * is kept for the next call: there are never more of these than there were calls at once, and
 * beside them a call allocates nothing but its answer.
 *
 * <pre>{@code
 * BitNetwork network = BitNetwork.load(Path.of("runs/a/model.safetensors"));
 * float[] pixels = new float[network.inputSize()]; // 0..255, channel by channel, row by row
 * int found = network.classify(pixels);
 * }</pre>
 */
public final class BitNetwork {
  private final Task task;
  private final LoadedGraph graph;
  private final ArenaPool arenas;

  private BitNetwork(Task task, LoadedGraph graph) {
    this.task = task;
    this.graph = graph;
    arenas = new ArenaPool(graph.arena());
  }

  /**
   * Loads the network of a model file of any format.
   *
   * @throws org.bitloom.io.CorruptFileException if the file is damaged, of a later format, or no
   *     model file
   * @throws UsageException if the network is one of TorchScript, which only the engine can run
   * @throws IOException if the file cannot be read
   */
  public static BitNetwork load(Path path) throws IOException {
    return of(ModelFile.read(path));
  }

  /**
   * Makes a network of a model, such as the inner one of a nested model; what is nested in it is
   * left out.
   *
   * @throws UsageException if the network is one of TorchScript, which only the engine can run
   */
  public static BitNetwork of(BitModel model) {
    return of(model, InferenceChoice.chosen());
  }

  /**
   * Makes a network that runs on certain kernels, for those who compare them.
   *
   * @throws UsageException if the network is one of TorchScript, which only the engine can run
   */
  public static BitNetwork of(BitModel model, InferenceKernels kernels) {
    checkGraph(model);
    return new BitNetwork(model.task(), GraphReader.read(model, kernels));
  }

  /**
   * Checks that a model can run in plain Java.
   *
   * @throws UsageException if its network is one of TorchScript, which only the engine can run
   */
  public static void checkGraph(BitModel model) {
    if (model.graph().isEmpty()) {
      throw new UsageException(
          "a network must have a graph to run in plain Java, "
              + model.network()
              + " has none: only the engine knows what it computes",
          "use the engine, as ./bitloom eval does by default, or train a network known by name");
    }
  }

  /** Returns the shape of one sample, such as {@code [1, 28, 28]}: channels, height, width. */
  public List<Integer> inputShape() {
    return task.inputShape();
  }

  /** Returns how many numbers one sample has. */
  public int inputSize() {
    return graph.pixels().factor().length;
  }

  /** Returns the number of classes. */
  public int classes() {
    return task.classes();
  }

  /** Returns the names of the classes in the order of the scores; empty = not known. */
  public List<String> classNames() {
    return task.classNames();
  }

  /**
   * Returns one score for each class, the largest for the class that the network takes the sample
   * for. They are logits: {@link #probabilities} makes shares of them.
   *
   * @param input raw pixels, 0..255, in the order of {@link #inputShape}; not modified. The
   *     normalization that the network was trained with is applied here.
   * @throws IllegalArgumentException if there are more or fewer, or one is no finite number
   */
  public float[] scores(float[] input) {
    check(input);
    float[] scores = new float[classes()];
    Arena arena = arenas.take();
    graph.run(arena, input, scores);
    arenas.give(arena); // not in a finally: what failed halfway is not worth keeping
    return scores;
  }

  /** Returns the scores of some samples; see {@link #scores(float[])}. */
  public float[][] scores(float[][] inputs) {
    float[][] scores = new float[inputs.length][];
    for (int i = 0; i < inputs.length; i++) {
      scores[i] = scores(inputs[i]);
    }
    return scores;
  }

  /**
   * Returns the class with the largest score, counted from 0; of equals the first.
   *
   * @param input as {@link #scores(float[])} takes it
   */
  public int classify(float[] input) {
    return largest(scores(input));
  }

  /** Returns the classes of some samples; see {@link #classify(float[])}. */
  public int[] classify(float[][] inputs) {
    int[] classes = new int[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      classes[i] = classify(inputs[i]);
    }
    return classes;
  }

  /** Returns the place of the largest score; of equals the first. */
  public static int largest(float[] scores) {
    int largest = 0;
    for (int i = 1; i < scores.length; i++) {
      largest = scores[i] > scores[largest] ? i : largest;
    }
    return largest;
  }

  /** Returns the share of each class that scores stand for, in all 1 (softmax). */
  public static float[] probabilities(float[] scores) {
    float most = scores[largest(scores)];
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score - most);
    }
    float[] shares = new float[scores.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) (Math.exp(scores[i] - most) / sum);
    }
    return shares;
  }

  private void check(float[] input) {
    if (input.length != inputSize()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "input must be %d pixels, those of a sample of %s, got %d",
              inputSize(),
              inputShape(),
              input.length));
    }
    for (int i = 0; i < input.length; i++) {
      if (!Float.isFinite(input[i])) {
        throw new IllegalArgumentException(
            "pixels must be finite numbers, 0..255, got " + input[i] + " at index " + i);
      }
    }
  }
}
