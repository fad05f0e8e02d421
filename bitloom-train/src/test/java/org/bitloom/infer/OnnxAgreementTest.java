package org.bitloom.infer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bitloom.data.DataSets;
import org.bitloom.data.ImageSet;
import org.bitloom.download.DownloadProgress;
import org.bitloom.export.ExportFormat;
import org.bitloom.graph.Graph;
import org.bitloom.graph.KnownNetworks;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.Normalization;
import org.bitloom.testkit.GoldenModels;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An exported ONNX file gives in ONNX Runtime the scores that plain Java gives. */
class OnnxAgreementTest {
  private static final int SAMPLES = 12;

  @TempDir private Path folder;

  private static Stream<String> knownNetworks() {
    return KnownNetworks.names().stream();
  }

  private static Stream<String> goldenModels() {
    return EngineAgreementTest.goldenModels();
  }

  private static Graph image(String network) {
    return KnownNetworks.of(network, List.of(3, 12, 9), 10);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("knownNetworks")
  void onKnownNetworks(String name) throws Exception {
    assertAgrees(new MadeUpModel(Seeds.random(name), 3, 0.3).of(image(name)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goldenModels")
  void onModelsOfEveryFormatAndWhatIsNestedInThem(String name) throws Exception {
    BitModel model = ModelFile.read(GoldenModels.model(name, folder));
    assertAgrees(model);
    while (model.inner().isPresent()) {
      model = model.inner().get();
      assertAgrees(model);
    }
  }

  @Test
  void onImagesLikeThoseOfCifar() throws Exception {
    Graph resnet = KnownNetworks.of("resnet20", List.of(3, 32, 32), 10);
    BitModel model = new MadeUpModel(Seeds.random("cifar"), 3, 0.3).of(resnet);
    assertAgrees(model, new MadeUpModel(Seeds.random("photos"), 1, 0).samples(resnet, 50));
  }

  @Test
  void onEveryKindOfNode() throws Exception {
    assertAgrees(new MadeUpModel(Seeds.random("node"), 6, 0.2).of(EngineAgreementTest.EVERYTHING));
    assertAgrees(
        new MadeUpModel(Seeds.random("shared"), 4, 0).of(EngineAgreementTest.SHARED_INPUT));
  }

  @Test
  void onAnyDepth() throws Exception {
    Graph graph = KnownNetworks.of("conv2", List.of(1, 6, 6), 4);
    for (int depth : new int[] {1, 2, 8, 9, 16, 17, 31, 32}) {
      assertAgrees(new MadeUpModel(Seeds.random("depth " + depth), depth, 0).of(graph));
    }
  }

  @Test
  void onEveryWayToNormalize() throws Exception {
    BitModel model = new MadeUpModel(Seeds.random("ways"), 4, 0).of(image("conv2"));
    for (Normalization way : MadeUpModel.ways()) {
      assertAgrees(MadeUpModel.normalized(model, way));
    }
  }

  @Test
  void onAllTestDigitsOfMnist() throws Exception {
    Graph lenet = KnownNetworks.of("lenet300", List.of(1, 28, 28), 10);
    BitModel model = new MadeUpModel(Seeds.random("mnist"), 3, 0.9).of(lenet);
    ImageSet digits =
        DataSets.standard(DownloadProgress.NONE).load("mnist", Optional.empty()).test();
    assertAgrees(model, MadeUpModel.samples(digits, digits.count()));
  }

  @Test
  void theFileSaysWhatItIs() throws Exception {
    BitModel model = ModelFile.read(GoldenModels.model("format3/layers", folder));
    Path file = folder.resolve("net.onnx");
    assertThat(ExportFormat.ONNX.write(model, file))
        .containsExactly("layers with weights: 1 as float, 2 as int8; opset 17");
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
      assertThat(session.getMetadata().getCustomMetadata())
          .containsEntry("classNames", "[\"0\",\"1\",\"2\"]")
          .containsEntry("network", "lenet300")
          .containsKey("provenance");
    }
  }

  private void assertAgrees(BitModel model) throws IOException, OrtException {
    Graph graph = model.graph().orElseThrow();
    assertAgrees(model, new MadeUpModel(Seeds.random("samples"), 1, 0).samples(graph, SAMPLES));
  }

  private void assertAgrees(BitModel model, byte[][] samples) throws IOException, OrtException {
    Path file = folder.resolve("net.onnx");
    ExportFormat.ONNX.write(model, file);
    float[][] found = run(file, model.inputShape(), samples);
    BitNetwork network = BitNetwork.of(model);
    for (int i = 0; i < samples.length; i++) {
      float[] expected = network.scores(EngineAgreementTest.raw(samples[i]));
      EngineAgreementTest.assertAgrees("sample " + i, found[i], expected);
    }
  }

  private static float[][] run(Path file, List<Integer> shape, byte[][] samples)
      throws OrtException {
    FloatBuffer pixels = FloatBuffer.allocate(samples.length * samples[0].length);
    for (byte[] sample : samples) {
      pixels.put(EngineAgreementTest.raw(sample));
    }
    long[] batch = new long[shape.size() + 1];
    batch[0] = samples.length;
    for (int i = 0; i < shape.size(); i++) {
      batch[i + 1] = shape.get(i);
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(file.toString(), options);
          OnnxTensor input = OnnxTensor.createTensor(environment, pixels.rewind(), batch);
          OrtSession.Result result = session.run(Map.of("pixels", input))) {
        return (float[][]) result.get("scores").orElseThrow().getValue();
      }
    }
  }
}
