package org.bitloom.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bitloom.bits.BitLayout;
import org.bitloom.error.UsageException;
import org.bitloom.graph.Convolution;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Extent;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.Graph;
import org.bitloom.graph.Input;
import org.bitloom.graph.Relu;
import org.bitloom.graph.Window;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.ModelFile;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitNetworkTest {
  private static final Normalization HALVES =
      new Normalization.MeanImage(new float[] {1, 2, 3, 4}, 2);

  @TempDir private Path folder;

  /** Two units over a 2x2 image: weights 0.5 * (1, -2, 3, 0) and 0.5 * (0, 1, 0, -1), a bias. */
  private static BitModel dense() {
    Graph graph =
        new Graph(
            List.of(
                new Input("input", List.of(1, 2, 2)),
                new Flatten("flatten", "input"),
                new Dense("dense", "flatten", 2, true)));
    int minus = 4;
    int[] codes = {1, 2 | minus, 3, minus, 0, 1, 0, 1 | minus};
    BitTensor weight =
        new BitTensor("dense.weight", List.of(2, 4), new BitLayout(3, 7), 0.5f, codes);
    FloatTensor bias = new FloatTensor("dense.bias", List.of(2), new float[] {10, -1});
    return new BitModel(
        Architecture.of("mine", graph),
        new Task(List.of(1, 2, 2), HALVES, 2, List.of("cat", "dog")),
        List.of(weight, bias),
        Map.of());
  }

  /** A 3x3 filter of ones over a 2x2 image with padding, then a sum of what is above 0. */
  private static BitModel convolution() {
    Window window = new Window(Extent.square(3), Extent.square(1), Extent.square(1));
    Graph graph =
        new Graph(
            List.of(
                new Input("input", List.of(1, 2, 2)),
                new Convolution("conv", "input", 1, window, 1, false),
                new Relu("relu", "conv"),
                new Flatten("flatten", "relu"),
                new Dense("dense", "flatten", 1, false)));
    int[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    return new BitModel(
        Architecture.of("mine", graph),
        new Task(List.of(1, 2, 2), HALVES, 1),
        List.of(
            new BitTensor("conv.weight", List.of(1, 1, 3, 3), new BitLayout(2, 3), 1, ones),
            new FloatTensor("dense.weight", List.of(1, 4), new float[] {1, 10, 100, 1000})),
        Map.of());
  }

  @Test
  void scoresComeFromRawPixels() {
    BitNetwork network = BitNetwork.of(dense());
    // inputs (p - mean) / 2 = 0, 1, 2, -2
    assertThat(network.scores(new float[] {1, 4, 7, 0})).containsExactly(12, 0.5f);
  }

  @Test
  void pixelsOutsideAnImageAreBlackInTheInputOfTheNetworkNotOfTheImage() {
    BitNetwork network = BitNetwork.of(convolution());
    // inputs 1, 2, 3, 4 and the filter sees all of them from everywhere
    assertThat(network.scores(new float[] {3, 6, 9, 12})).containsExactly(11110);
    assertThat(network.scores(new float[] {0, 0, 0, 0})).containsExactly(0);
  }

  @Test
  void theClassIsTheOneWithTheLargestScore() {
    BitNetwork network = BitNetwork.of(dense());
    float[] cat = {1, 4, 7, 0};
    float[] dog = {1, 255, 0, 0};
    assertThat(network.classify(cat)).isZero();
    assertThat(network.classify(new float[][] {cat, dog, cat})).containsExactly(0, 1, 0);
    assertThat(network.scores(new float[][] {cat, dog})[1]).isEqualTo(network.scores(dog));
    assertThat(network.classNames()).containsExactly("cat", "dog");
    assertThat(network.inputShape()).containsExactly(1, 2, 2);
  }

  @Test
  void probabilitiesAreSharesOfOne() {
    float[] shares = BitNetwork.probabilities(new float[] {1000, 1000, -1000});
    assertThat(shares).containsExactly(0.5f, 0.5f, 0);
  }

  @Test
  void theInputIsNotModified() {
    float[] input = {1, 4, 7, 0};
    BitNetwork.of(dense()).scores(input);
    assertThat(input).containsExactly(1, 4, 7, 0);
  }

  @Test
  void manyThreadsGetTheScoresOfOne() throws Exception {
    BitNetwork network = BitNetwork.of(convolution());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        float shade = i % 200;
        results.add(
            threads.submit(
                () -> {
                  float[] input = {shade, shade, shade, shade};
                  float sum = Math.max(0, 4 * shade / 2 - 5);
                  return network.scores(input)[0] == 1111 * sum;
                }));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anotherNumberOfPixelsIsRefused() {
    assertThatThrownBy(() -> BitNetwork.of(dense()).scores(new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input must be 4 pixels, those of a sample of [1, 2, 2], got 3");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void pixelsThatAreNoNumbersAreRefused(float pixel) {
    assertThatThrownBy(() -> BitNetwork.of(dense()).scores(new float[] {0, 0, pixel, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pixels must be finite numbers, 0..255, got " + pixel + " at index 2");
  }

  @Test
  void aModelFileIsLoaded() throws IOException {
    Path file = folder.resolve("model.safetensors");
    ModelFile.write(file, dense());
    assertThat(BitNetwork.load(file).scores(new float[] {1, 4, 7, 0})).containsExactly(12, 0.5f);
  }

  @Test
  void aNetworkWithoutGraphIsRefusedWithWhatWorks() {
    BitModel opaque =
        new BitModel(
            Architecture.opaque("network.pt"), dense().task(), dense().tensors(), Map.of());
    assertThatThrownBy(() -> BitNetwork.of(opaque))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("a network must have a graph to run in plain Java, network.pt has");
  }

  @Test
  void aDamagedModelIsRefused() throws IOException {
    Path file = folder.resolve("model.safetensors");
    ModelFile.write(file, dense());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> BitNetwork.load(file)).isInstanceOf(CorruptFileException.class);
  }

  @Test
  void aFileOfAnotherFormatIsRefused() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Files.write(file, "not a model".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> BitNetwork.load(file)).isInstanceOf(CorruptFileException.class);
    assertThatThrownBy(() -> BitNetwork.load(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
