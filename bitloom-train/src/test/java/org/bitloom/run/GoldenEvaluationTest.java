package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bitloom.download.DownloadProgress;
import org.bitloom.error.UsageException;
import org.bitloom.io.Json;
import org.bitloom.io.ModelFile;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.Reading;
import org.bitloom.session.Evaluation;
import org.bitloom.testkit.GoldenModels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Measures the model files of earlier versions: they must be as good as they were then. */
class GoldenEvaluationTest {
  @TempDir private static Path shared;
  private static Path samples;
  private static Path module;

  @TempDir private Path folder;

  private static List<String> everyModel() {
    return IntStream.rangeClosed(1, 3).mapToObj(GoldenModels::names).flatMap(List::stream).toList();
  }

  private static List<String> everyModelWithAGraph() {
    return everyModel().stream().filter(name -> !name.endsWith("module")).toList();
  }

  @BeforeAll
  static void writeSamples() throws IOException {
    samples = Files.createDirectory(shared.resolve("data"));
    GoldenModels.writeSamples(samples);
    module = shared.resolve(GoldenModels.MODULE);
    GoldenModels.writeModule(module);
  }

  private static Evaluation evaluate(Path model, Optional<Path> network) throws IOException {
    return Evaluation.ofModel(
        new Evaluation.Source(model, network, Reading.PLAIN),
        new Evaluation.Data(
            Optional.of(samples.toString()), Optional.empty(), DownloadProgress.NONE),
        1);
  }

  @Test
  void networkWithAGraphIsBuiltFromItWhateverItsName() throws IOException {
    Path known = GoldenModels.model("format3/resnet20", folder);
    BitModel model = ModelFile.read(known);
    Path other = folder.resolve("other.safetensors");
    ModelFile.write(
        other,
        new BitModel(
            Architecture.of("mine", model.graph().orElseThrow()),
            model.task(),
            model.tensors(),
            model.provenance()));

    assertThat(evaluate(other, Optional.empty())).isEqualTo(evaluate(known, Optional.empty()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyModel")
  void modelOfAnEarlierVersionMeasuresAsThen(String name) throws IOException {
    Map<?, ?> facts = (Map<?, ?>) Json.parse(GoldenModels.facts(name));
    Map<?, ?> expected = (Map<?, ?>) facts.get("eval");
    boolean own = name.endsWith("module");

    Evaluation found =
        evaluate(GoldenModels.model(name, folder), own ? Optional.of(module) : Optional.empty());

    assertThat((long) found.correct()).isEqualTo(expected.get("correct"));
    assertThat(found.loss()).isEqualTo((Double) expected.get("loss"), within(1e-5));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyModelWithAGraph")
  void plainJavaMeasuresWhatTheEngineMeasures(String name) throws IOException {
    Path file = GoldenModels.model(name, folder);

    Evaluation found = inJava(file, 3);

    Evaluation expected = evaluate(file, Optional.empty());
    assertThat(found.answers().rows()).isEqualTo(expected.answers().rows());
    assertThat(found.loss()).isEqualTo(expected.loss(), within(1e-5));
    assertThat(inJava(file, 1)).as("with one thread").isEqualTo(found);
  }

  @Test
  void plainJavaRefusesAModuleBeforeItLooksForItsFile() throws IOException {
    Path file = GoldenModels.model("format3/module", folder);
    assertThatThrownBy(() -> inJava(file, 1))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("a network must have a graph to run in plain Java");
  }

  private static Evaluation inJava(Path model, int threads) throws IOException {
    return Evaluation.inJava(
        new Evaluation.Source(model, Optional.empty(), Reading.PLAIN),
        new Evaluation.Data(
            Optional.of(samples.toString()), Optional.empty(), DownloadProgress.NONE),
        threads);
  }
}
