package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.bitloom.graph.Add;
import org.bitloom.graph.AveragePool;
import org.bitloom.graph.BatchNorm;
import org.bitloom.graph.Convolution;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Extent;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.GlobalAveragePool;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.graph.Input;
import org.bitloom.graph.MaxPool;
import org.bitloom.graph.Relu;
import org.bitloom.graph.Role;
import org.bitloom.graph.Window;
import org.bitloom.model.BitModel;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;
import org.bitloom.testkit.PythonReader;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

  @Test
  void theReaderOnThePageIsTheFileThatCanBeImported() throws IOException {
    Path file = Path.of(System.getProperty("bitloom.root"), "examples/python/bitloom_reader.py");
    assertThat(file).hasContent(PythonReader.block("python"));
  }

  @Test
  void pythonReaderTakesIdxFilesPackedOrNotAndNamesWhatIsMissing() throws Exception {
    requirePython();
    BitModel model = Models.dense(Seeds.random(), 6, ROWS * COLUMNS, CLASSES);
    writeSamples(model);
    for (String name : List.of("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")) {
      Path packed = folder.resolve(name + ".gz");
      try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
        Files.write(folder.resolve(name), in.readAllBytes());
      }
      Files.delete(packed);
    }
    assertThat(runReader(write(model))).isEqualTo("accuracy 0.7500 (375/500)");

    Files.delete(folder.resolve("t10k-labels-idx1-ubyte"));
    assertThat(runReader(write(model))).startsWith("exit 1 ").endsWith("t10k-labels-idx1-ubyte'");
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
  void pythonReaderAgreesWithJavaOnEveryKindOfNode() throws Exception {
    requirePython();
    assertPythonClassifiesLikeJava(ofEveryKind());
  }

  /** Returns a network that has every kind of node. */
  static BitModel ofEveryKind() {
    Graph graph = everyKind();
    List<ModelTensor> tensors = new ArrayList<>();
    for (GraphParameter parameter : graph.parameters()) {
      SplittableRandom random = Seeds.random(parameter.name());
      if (parameter.role() == Role.WEIGHT) {
        tensors.add(Models.bits(random, parameter.name(), 7, parameter.shape()));
      } else {
        float[] values = Models.floats(random, parameter.name(), parameter.shape()).weights();
        for (int i = 0; i < values.length && parameter.name().endsWith("Variance"); i++) {
          values[i] = Math.abs(values[i]) + 0.1f;
        }
        tensors.add(new FloatTensor(parameter.name(), parameter.shape(), values));
      }
    }
    return Models.model(Seeds.random(), graph, tensors);
  }

  /** No two sides alike, so that none can be taken for another. */
  private static Graph everyKind() {
    Window wide = new Window(new Extent(3, 2), new Extent(1, 1), new Extent(1, 0));
    Window far = new Window(new Extent(2, 3), new Extent(2, 1), new Extent(1, 1));
    Window same = new Window(new Extent(3, 3), new Extent(1, 1), new Extent(1, 1));
    return new Graph(
        List.of(
            new Input("input", List.of(1, ROWS, COLUMNS)),
            new Convolution("conv1", "input", 6, wide, 1, true), // 6 x 6 x 4
            new BatchNorm("norm1", "conv1", 1e-3, 0.9),
            new Convolution("conv2", "norm1", 12, same, 3, false), // 12 x 6 x 4
            new Convolution("conv3", "norm1", 12, same, 6, true),
            new Add("add", List.of("conv2", "conv3", "conv2")),
            new Relu("relu", "add"),
            new MaxPool("pool1", "relu", far), // 12 x 4 x 4
            new AveragePool("pool2", "relu", far),
            new Add("add2", List.of("pool1", "pool2")),
            new Flatten("flatten", "add2"),
            new Dense("dense1", "flatten", 12, true),
            new GlobalAveragePool("pool3", "add2"),
            new Add("add3", List.of("dense1", "pool3")),
            new BatchNorm("norm2", "add3", 1e-5, 0.9),
            new Dense("dense2", "norm2", CLASSES, true)));
  }

  private static List<Normalization> waysToFeed() {
    return List.of(
        new Normalization.Unit(),
        new Normalization.Raw(),
        new Normalization.PerChannel(new float[] {0.1307f}, new float[] {0.3081f}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waysToFeed")
  void pythonReaderFeedsANetworkAsJavaDoes(Normalization way) throws Exception {
    requirePython();
    SplittableRandom random = Seeds.random();
    Graph graph =
        new Graph(
            List.of(
                new Input("input", List.of(1, ROWS, COLUMNS)),
                new Flatten("flatten", "input"),
                new Dense("dense1", "flatten", CLASSES, true)));
    BitModel model =
        Models.model(
            random,
            graph,
            List.of(
                Models.bits(random, "dense1.weight", 6, List.of(CLASSES, ROWS * COLUMNS)),
                Models.floats(random, "dense1.bias", List.of(CLASSES))));

    assertPythonClassifiesLikeJava(Models.fed(model, way));
  }

  @Test
  void pythonReaderCanBeImported() throws Exception {
    requirePython();
    Path path = write(Models.dense(Seeds.random(), 6, ROWS * COLUMNS, CLASSES));
    String program =
        """
        import reader, numpy
        network = reader.Network(*reader.read_model("%s"))
        print(network.scores(numpy.zeros((3, %d))).shape, network.class_names)
        """;

    assertThat(PythonReader.run(program.formatted(path, ROWS * COLUMNS), folder))
        .isEqualTo("(3, " + CLASSES + ") []");
  }

  @Test
  void pythonReaderSaysThatAnOpaqueNetworkCannotBeBuilt() throws Exception {
    requirePython();
    List<ModelTensor> one = List.of(Models.bits(Seeds.random(), "w", 3, List.of(2, 30)));
    Path path = write(Models.model(Seeds.random(), ROWS * COLUMNS, 2, one));
    writeIdx("t10k-images-idx3-ubyte.gz", pixels, SAMPLES, ROWS, COLUMNS);
    writeIdx("t10k-labels-idx1-ubyte.gz", new byte[SAMPLES], SAMPLES);

    assertThat(runReader(path)).isEqualTo("exit 1 own: the file has no graph to build it from");
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
    NaiveNetwork network = new NaiveNetwork(model);
    for (int i = 0; i < SAMPLES; i++) {
      int answer = network.classify(pixels, i * ROWS * COLUMNS);
      answers.add(answer);
      labels[i] = (byte) (i % 4 == 0 ? (answer + 1) % CLASSES : answer);
    }
    writeIdx("t10k-images-idx3-ubyte.gz", pixels, SAMPLES, ROWS, COLUMNS);
    writeIdx("t10k-labels-idx1-ubyte.gz", labels, SAMPLES);

    assertThat(answers).hasSizeGreaterThan(2);
  }
}
