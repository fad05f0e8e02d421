package org.bitloom.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
import org.bitloom.model.Task;
import org.bitloom.testkit.GoldenModels;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An exported C file, compiled, gives the scores that plain Java gives. */
class CAgreementTest {
  private static final int SAMPLES = 12;
  private static final int MANY = 1000;

  /** Reads samples from one file and writes their scores to another. */
  private static final String MAIN =
      """
      #include "net.c"
      #include <stdio.h>

      int main(int count, char **files) {
        static float input[BITLOOM_INPUT_SIZE];
        static float scores[BITLOOM_CLASSES];
        FILE *in = fopen(files[1], "rb");
        FILE *out = fopen(files[2], "wb");
        if (count != 3 || in == NULL || out == NULL) {
          return 1;
        }
        while (fread(input, sizeof input, 1, in) == 1) {
          bitloom_predict(input, scores);
          fwrite(scores, sizeof scores, 1, out);
        }
        return fclose(out);
      }
      """;

  @TempDir private Path folder;

  @BeforeAll
  static void needCompiler() throws InterruptedException {
    boolean found;
    try {
      found = new ProcessBuilder("gcc", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      found = false;
    }
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found).as("gcc, which exported C files are compiled with").isTrue();
    }
    assumeTrue(found, "exported C files are compiled with gcc, which is not there");
  }

  private static Stream<String> knownNetworks() {
    return Stream.of("lenet300", "conv2", "resnet20");
  }

  private static Stream<String> goldenModels() {
    return EngineAgreementTest.goldenModels();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("knownNetworks")
  void onKnownNetworks(String name) throws Exception {
    Graph graph = KnownNetworks.of(name, List.of(3, 12, 9), 10);
    assertAgrees(new MadeUpModel(Seeds.random(name), 3, 0.3).of(graph));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goldenModels")
  void onModelsOfEveryFormatAndWhatIsNestedInThem(String name) throws Exception {
    BitModel model = ModelFile.read(GoldenModels.model(name, folder));
    assertAgrees(model);
    if (model.inner().isPresent()) {
      assertAgrees(model.inner().get());
    }
  }

  @Test
  void onEveryKindOfNode() throws Exception {
    assertAgrees(new MadeUpModel(Seeds.random("node"), 6, 0.2).of(EngineAgreementTest.EVERYTHING));
    assertAgrees(
        new MadeUpModel(Seeds.random("shared"), 4, 0).of(EngineAgreementTest.SHARED_INPUT));
  }

  @Test
  void onAnyDepth() throws Exception {
    Graph graph = KnownNetworks.of("conv2", List.of(1, 4, 4), 4);
    for (int depth : new int[] {1, 2, 9, 31, 32}) {
      assertAgrees(new MadeUpModel(Seeds.random("depth " + depth), depth, 0).of(graph));
    }
  }

  @Test
  void onEveryWayToNormalize() throws Exception {
    Graph graph = KnownNetworks.of("conv2", List.of(3, 4, 4), 4);
    BitModel model = new MadeUpModel(Seeds.random("ways"), 4, 0).of(graph);
    for (Normalization way : MadeUpModel.ways()) {
      assertAgrees(MadeUpModel.normalized(model, way));
    }
  }

  @Test
  void onAThousandDigits() throws Exception {
    Graph lenet = KnownNetworks.of("lenet300", List.of(1, 28, 28), 10);
    ImageSet digits =
        DataSets.standard(DownloadProgress.NONE).load("mnist", Optional.empty()).test();
    assertAgrees(
        new MadeUpModel(Seeds.random("mnist"), 3, 0.9).of(lenet),
        MadeUpModel.samples(digits, MANY));
  }

  @Test
  void namesMayHoldWhateverTheyLike() throws Exception {
    BitModel model = ModelFile.read(GoldenModels.model("format3/plain", folder));
    List<String> names = List.of("a \"quoted\" \\ ??/ 7", "*/ Gr\u00fcn", "//");
    assertAgrees(
        new BitModel(
            model.architecture(),
            new Task(model.inputShape(), model.normalization(), 3, names),
            model.tensors(),
            Map.of("data", "*/ ??/ \\\n#error /* \u00fc")));
  }

  private void assertAgrees(BitModel model) throws Exception {
    Graph graph = model.graph().orElseThrow();
    assertAgrees(model, new MadeUpModel(Seeds.random("samples"), 1, 0).samples(graph, SAMPLES));
  }

  private void assertAgrees(BitModel model, byte[][] samples) throws Exception {
    ExportFormat.C.write(model, folder.resolve("net.c"));
    ByteBuffer scores = run(samples);
    BitNetwork network = BitNetwork.of(model);
    float[] found = new float[model.classes()];
    for (int i = 0; i < samples.length; i++) {
      for (int c = 0; c < found.length; c++) {
        found[c] = scores.getFloat();
      }
      float[] expected = network.scores(EngineAgreementTest.raw(samples[i]));
      EngineAgreementTest.assertAgrees("sample " + i, found, expected);
    }
    assertThat(scores.hasRemaining()).isFalse();
  }

  private ByteBuffer run(byte[][] samples) throws Exception {
    Files.writeString(folder.resolve("main.c"), MAIN);
    ByteBuffer inputs =
        ByteBuffer.allocate(samples.length * samples[0].length * Float.BYTES)
            .order(ByteOrder.nativeOrder());
    for (byte[] sample : samples) {
      for (float pixel : EngineAgreementTest.raw(sample)) {
        inputs.putFloat(pixel);
      }
    }
    Files.write(folder.resolve("inputs"), inputs.array());
    command(
        "gcc", "-O2", "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "main.c", "-o", "p");
    command("./p", "inputs", "scores");
    return ByteBuffer.wrap(Files.readAllBytes(folder.resolve("scores")))
        .order(ByteOrder.nativeOrder());
  }

  private void command(String... words) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("end of %s", words[0]).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }
}
