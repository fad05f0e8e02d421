package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.bitloom.model.BitModel;
import org.bitloom.model.ModelTensor;
import org.bitloom.testkit.PythonReader;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks docs/format.md: its example is the golden file and its Python reader works. */
class FormatPageTest {
  private static final int SAMPLES = 500;
  private static final int ROWS = 6;
  private static final int COLUMNS = 5;
  private static final int CLASSES = 10;

  @TempDir private Path folder;

  private final byte[] pixels = new byte[SAMPLES * ROWS * COLUMNS];

  @Test
  void exampleOnThePageIsTheGoldenFile() throws IOException {
    Path path = folder.resolve("page.safetensors");
    Files.write(path, HexDump.bytes(PythonReader.block("hex")));

    assertThat(ModelFile.read(path)).isEqualTo(Models.tiny());
    assertThat(PythonReader.block("hex")).isEqualTo(HexDump.of(Files.readAllBytes(path)));
  }

  @ParameterizedTest(name = "depth {0}")
  @ValueSource(ints = {1, 6, 16, 32})
  void pythonReaderAgreesWithJavaOnBitWiseNetworks(int depth) throws Exception {
    requirePython();
    BitModel model = Models.dense(Seeds.random(), depth, ROWS * COLUMNS, 17, 13, CLASSES);

    assertPythonClassifiesLikeJava(model);
  }

  @Test
  void pythonReaderAgreesWithJavaOnFloatNetworks() throws Exception {
    requirePython();
    SplittableRandom random = Seeds.random();
    List<ModelTensor> tensors =
        List.of(
            Models.floats(random, "dense1.weight", List.of(9, ROWS * COLUMNS)),
            Models.floats(random, "dense1.bias", List.of(9)),
            Models.bits(random, "dense2.weight", 5, List.of(CLASSES, 9)),
            Models.floats(random, "dense2.bias", List.of(CLASSES)));
    BitModel model = Models.model(random, Models.dense(true, ROWS * COLUMNS, 9, CLASSES), tensors);

    assertPythonClassifiesLikeJava(model);
  }

  @ParameterizedTest(name = "depth {0} in 32")
  @ValueSource(ints = {1, 8, 16, 31})
  void pythonReaderAgreesWithJavaOnNestedNetworks(int depth) throws Exception {
    requirePython();
    BitModel inner = Models.dense(Seeds.random(), depth, ROWS * COLUMNS, 17, CLASSES);
    Path path = write(Models.around(inner, 32, Seeds.random("outer")));
    writeSamples(ModelFile.read(path).inner().orElseThrow());

    assertThat(PythonReader.measureInner(path, folder, folder))
        .isEqualTo("accuracy 0.7500 (375/500)");
    assertThat(runReader(path)).startsWith("accuracy 0.").isNotEqualTo("accuracy 0.7500 (375/500)");
  }

  @Test
  void pythonReaderRefusesADamagedFile() throws Exception {
    requirePython();
    Path path = write(Models.dense(Seeds.random(), 6, ROWS * COLUMNS, CLASSES));
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length - 1] ^= 1;
    Files.write(path, bytes);

    assertThat(runReader(path)).contains("sha256 does not match");
  }

  private Path write(BitModel model) throws IOException {
    Path path = folder.resolve("model.safetensors");
    ModelFile.write(path, model);
    return path;
  }

  private String runReader(Path model) throws IOException, InterruptedException {
    return PythonReader.measure(model, folder, folder);
  }

  private void requirePython() throws InterruptedException {
    PythonReader.problem(folder)
        .ifPresent(
            reason -> {
              if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(reason);
              }
              Assumptions.abort(reason);
            });
  }

  private void writeIdx(String name, byte[] values, int... dimensions) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(4 + 4 * dimensions.length);
    head.put(2, (byte) 8).put(3, (byte) dimensions.length).position(4);
    for (int dimension : dimensions) {
      head.putInt(dimension);
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.write(head.array());
      out.write(values);
    }
  }

  private void assertPythonClassifiesLikeJava(BitModel model) throws Exception {
    writeSamples(model);

    assertThat(runReader(write(model))).isEqualTo("accuracy 0.7500 (375/500)");
  }

  /** Labels three samples of four as Java classifies them: one different answer would show. */
  private void writeSamples(BitModel model) throws IOException {
    Seeds.random().nextBytes(pixels);
    byte[] labels = new byte[SAMPLES];
    Set<Integer> answers = new HashSet<>();
    for (int i = 0; i < SAMPLES; i++) {
      int answer = classify(model, i);
      answers.add(answer);
      labels[i] = (byte) (i % 4 == 0 ? (answer + 1) % CLASSES : answer);
    }
    writeIdx("t10k-images-idx3-ubyte.gz", pixels, SAMPLES, ROWS, COLUMNS);
    writeIdx("t10k-labels-idx1-ubyte.gz", labels, SAMPLES);

    assertThat(answers).hasSizeGreaterThan(2);
  }

  private int classify(BitModel model, int sample) {
    float[] mean = model.normalization().mean();
    double[] x = new double[mean.length];
    for (int i = 0; i < x.length; i++) {
      int pixel = Byte.toUnsignedInt(pixels[sample * x.length + i]);
      x[i] = (pixel - (double) mean[i]) / model.normalization().deviation();
    }
    boolean first = true;
    for (ModelTensor tensor : model.tensors()) {
      if (tensor.shape().size() == 2) {
        x = multiply(tensor, first ? x : relu(x));
        first = false;
      } else {
        add(tensor, x);
      }
    }
    return largest(x);
  }

  private static double[] multiply(ModelTensor weight, double[] x) {
    float[] w = weight.weights();
    double[] y = new double[weight.shape().get(0)];
    for (int out = 0; out < y.length; out++) {
      for (int in = 0; in < x.length; in++) {
        y[out] += w[out * x.length + in] * x[in];
      }
    }
    return y;
  }

  private static void add(ModelTensor bias, double[] x) {
    float[] b = bias.weights();
    for (int i = 0; i < x.length; i++) {
      x[i] += b[i];
    }
  }

  private static double[] relu(double[] x) {
    double[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.max(y[i], 0);
    }
    return y;
  }

  private static int largest(double[] x) {
    int best = 0;
    for (int i = 1; i < x.length; i++) {
      if (x[i] > x[best]) {
        best = i;
      }
    }
    return best;
  }
}
