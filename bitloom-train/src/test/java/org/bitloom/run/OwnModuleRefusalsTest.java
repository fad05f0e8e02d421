package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bitloom.download.DownloadProgress;
import org.bitloom.error.UsageException;
import org.bitloom.model.Reading;
import org.bitloom.session.Evaluation;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.RunSettings;
import org.bitloom.testkit.ModuleFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Puts the module of a run away, or another in its place. */
class OwnModuleRefusalsTest {
  private static final ToyImages IMAGES = new ToyImages(60, 20, 6, 2);

  @TempDir private static Path shared;
  private static Path data;
  private static Path run;

  @TempDir private Path root;

  @BeforeAll
  static void train() throws IOException {
    data = IMAGES.write(shared.resolve("data"));
    run = shared.resolve("run");
    ToyRun.start(settings(module(shared, 36, 2)), run);
  }

  private static Path module(Path folder, int inputs, int classes) throws IOException {
    return Files.write(folder.resolve("toy.pt"), ModuleFile.dense(inputs, classes).bytes());
  }

  private static RunSettings settings(Path module) {
    return ToyRun.settings(data, Map.of("network", module.toString(), "schedule", "1x1e-3"));
  }

  private Path copyOfRun() throws IOException {
    Path copy = root.resolve("copy");
    Files.createDirectories(copy.resolve("checkpoint"));
    for (String file : ToyRun.files(run)) {
      Files.copy(run.resolve(file), copy.resolve(file));
    }
    return copy;
  }

  private static Evaluation evaluate(Path model, Optional<Path> network) throws IOException {
    return Evaluation.ofModel(
        new Evaluation.Source(model, network, Reading.PLAIN),
        new Evaluation.Data(Optional.empty(), Optional.empty(), DownloadProgress.NONE),
        1);
  }

  @Test
  void aModelAwayFromItsRunNeedsItsNetwork() throws IOException {
    Path model = Files.copy(run.resolve("model.safetensors"), root.resolve("model.safetensors"));
    assertThatThrownBy(() -> evaluate(model, Optional.empty()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "the network of the model, toy.pt, must be there, found no "
                + root.resolve("network.pt"));
    Evaluation with = evaluate(model, Optional.of(run.resolve("network.pt")));
    assertThat(with.accuracy()).isEqualTo(ToyRun.metrics(run).get(0).get("testAccuracy"));
    assertThat(with.loss()).isEqualTo(ToyRun.metrics(run).get(0).get("testLoss"));
  }

  @Test
  void anotherNetworkThanTheModelsIsRefused() throws IOException {
    Path other =
        Files.write(root.resolve("other.pt"), ModuleFile.dense(36, 2).buffer("more", 0, 1).bytes());
    Path model = run.resolve("model.safetensors");
    assertThatThrownBy(() -> evaluate(model, Optional.of(other)))
        .isInstanceOf(UsageException.class)
        .hasMessageMatching(
            "network must be the one that the model was trained from \\(SHA-256 [0-9a-f]{64}\\),"
                + " got .*other\\.pt \\([0-9a-f]{64}\\)");
  }

  @Test
  void aKnownNetworkNeedsNoFile() throws IOException {
    Path known = root.resolve("known");
    ToyRun.start(ToyRun.settings(data, Map.of("schedule", "1x1e-3")), known);
    assertThatThrownBy(
            () ->
                evaluate(
                    known.resolve("model.safetensors"), Optional.of(run.resolve("network.pt"))))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--net is for models of networks from a file, the network of this one is lenet300");
  }

  @Test
  void aRunWhoseModuleIsGoneOrAnotherIsNotResumed() throws IOException {
    Path copy = copyOfRun();
    Path network = copy.resolve("network.pt");
    module(root, 36, 2);
    Files.write(network, ModuleFile.dense(36, 2).buffer("more", 0, 1).bytes());
    assertThatThrownBy(() -> ToyRun.resume(copy))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(network + " must be the network the run began with (SHA-256 ");
    Files.delete(network);
    assertThatThrownBy(() -> ToyRun.resume(copy))
        .isInstanceOf(UsageException.class)
        .hasMessage("network must be a file of less than 2 GiB, " + network + " is missing");
  }

  @Test
  void whatDoesNotFitLeavesNoFolderBehind() throws IOException {
    Path folder = root.resolve("run");
    RunSettings images = settings(module(root, 35, 2));
    assertThatThrownBy(() -> ToyRun.start(images, folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("toy.pt must make [N, 2] of images [N, 1, 6, 6]");
    RunSettings classes = settings(module(root, 36, 3));
    assertThatThrownBy(() -> ToyRun.start(classes, folder))
        .isInstanceOf(UsageException.class)
        .hasMessage("network toy.pt must have one output per class of the data, 2, got 3");
    assertThat(folder).doesNotExist();
  }

  @Test
  void aLaterRunInTheFolderTakesItsOwnNetwork() throws IOException {
    Path copy = copyOfRun();
    RunSettings known = ToyRun.settings(data, Map.of("schedule", "1x1e-3"));
    TrainingRun.start(
        known, new RunContext(copy, true, Optional.empty(), Progress.NONE, ToyRun.NEVER));
    assertThat(copy.resolve("network.pt")).doesNotExist();
  }
}
