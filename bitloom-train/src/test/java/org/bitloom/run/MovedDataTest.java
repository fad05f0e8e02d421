package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.download.DownloadProgress;
import org.bitloom.error.UsageException;
import org.bitloom.images.choice.ImageSettings;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.Sha256;
import org.bitloom.session.Evaluation;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.RunSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goes on with runs, and evaluates them, after they or their data were moved. */
final class MovedDataTest {
  private static final int STEPS = 16;

  @TempDir private Path root;
  private Path home;
  private Path data;
  private Path run;

  @BeforeEach
  void writeData() throws IOException {
    home = Files.createDirectory(root.resolve("home"));
    data = ToyImages.SMALL.write(home.resolve("data"));
    run = home.resolve("run");
  }

  private void stopped() throws IOException {
    TrainingRun.start(ToyRun.settings(data), ToyRun.in(run, ToyRun.after(STEPS)));
  }

  private static RunOutcome resume(Path folder, Path given) throws IOException {
    return TrainingRun.resume(
        ToyRun.in(folder, ToyRun.NEVER).withData(Optional.of(given.toString())));
  }

  private byte[] uninterrupted() throws IOException {
    Path whole = root.resolve("whole");
    ToyRun.start(ToyRun.settings(data), whole);
    return ToyRun.model(whole);
  }

  @Test
  void theSameDataInANamedPlaceGiveTheBytesOfARunWithoutAStop() throws IOException {
    byte[] expected = uninterrupted();
    stopped();
    Path moved = Files.move(data, root.resolve("moved"));
    assertThat(resume(run, moved).finished()).isTrue();
    assertThat(ToyRun.model(run)).isEqualTo(expected);
  }

  @Test
  void aRunAndItsDataThatWereMovedTogetherGoOn() throws IOException {
    byte[] expected = uninterrupted();
    stopped();
    Path away = Files.move(home, root.resolve("away"));
    assertThat(ToyRun.resume(away.resolve("run")).finished()).isTrue();
    assertThat(ToyRun.model(away.resolve("run"))).isEqualTo(expected);
  }

  @Test
  void aPathFromTheWorkingDirectoryIsRecordedForAllOfThem() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(data);
    RunSettings settings = ToyRun.settings(relative);
    TrainingRun.start(settings, ToyRun.in(run, ToyRun.after(STEPS)));
    RunReader reader = RunReader.open(run);
    assertThat(reader.settings()).isEqualTo(settings);
    assertThat(reader.data().place()).isEqualTo(data.toString());
    assertThat(reader.data().fromRun()).hasValue("../data");
  }

  @Test
  void theOldNameBesideResumeMeansTheSameDataWhereverTheyAre() throws IOException {
    stopped();
    Path away = Files.move(home, root.resolve("away"));
    assertThat(resume(away.resolve("run"), data).finished()).isTrue();
  }

  @Test
  void aDamagedPlaceIsADamagedConfig() throws IOException {
    stopped();
    Path config = run.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("../data", "\\u0000"));
    assertThatThrownBy(() -> ToyRun.resume(run)).isInstanceOf(CorruptFileException.class);
  }

  @Test
  void otherDataInTheNamedPlaceAreRefusedWithBothChecksums() throws IOException {
    stopped();
    Path other = new ToyImages(600, 210, 12, 4).write(root.resolve("other"));
    assertThatThrownBy(() -> resume(run, other))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("data must be those the run began with (SHA-256 ")
        .hasMessageEndingWith(" of " + other);
    assertThat(ToyRun.resume(run).finished()).isTrue();
  }

  @Test
  void otherDataInTheOldPlaceDoNotHideThoseThatWereMovedWithTheRun() throws IOException {
    stopped();
    Path away = Files.move(home, root.resolve("away"));
    new ToyImages(600, 210, 12, 4).write(data);
    assertThat(ToyRun.resume(away.resolve("run")).finished()).isTrue();
  }

  @Test
  void dataThatAreNowhereAreAskedFor() throws IOException {
    stopped();
    Files.move(data, root.resolve("moved"));
    assertThatThrownBy(() -> ToyRun.resume(run))
        .isInstanceOfSatisfying(UsageException.class, e -> assertThat(e.hint()).contains("--data"))
        .hasMessageContaining("got '" + data + "'");
  }

  @Test
  void aNewPlaceIsRecordedForTheNextTime() throws IOException {
    stopped();
    Path moved = Files.move(data, root.resolve("moved"));
    TrainingRun.resume(ToyRun.in(run, ToyRun.after(1)).withData(Optional.of(moved.toString())));
    assertThat(ToyRun.resume(run).finished()).isTrue();
    assertThat(RunReader.open(run).settings().data().name()).isEqualTo(data.toString());
  }

  @Test
  void aRunWithoutACheckpointFindsTheNetworkToStartFromThatWasMovedWithIt() throws IOException {
    Path source = home.resolve("source");
    ToyRun.start(ToyRun.settings(data, Map.of("schedule", "1x9e-4")), source);
    Path model = source.resolve("model.safetensors");
    RunSettings settings =
        ToyRun.settings(
            data,
            Map.of("initFrom", Map.of("path", source.toString(), "sha256", Sha256.of(model))));
    Path whole = root.resolve("whole");
    ToyRun.start(settings, whole);
    TrainingRun.start(settings, ToyRun.in(run, ToyRun.after(STEPS)));
    Files.delete(ToyRun.checkpoint(run));
    Path away = Files.move(home, root.resolve("away"));
    assertThat(ToyRun.resume(away.resolve("run")).resumed()).isFalse();
    assertThat(ToyRun.model(away.resolve("run"))).isEqualTo(ToyRun.model(whole));
  }

  @Test
  void aModelInItsRunFindsTheDataThatWereMovedWithIt() throws IOException {
    RunOutcome outcome = ToyRun.start(ToyRun.settings(data), run);
    double accuracy = outcome.last().orElseThrow().result().test().accuracy();
    Path away = Files.move(home, root.resolve("away"));
    assertThat(evaluate(away.resolve("run/model.safetensors"), new ArrayList<>()).accuracy())
        .isEqualTo(accuracy);
  }

  @Test
  void aModelOnOtherDataThanItsOwnSaysSo() throws IOException {
    ToyRun.start(ToyRun.settings(data), run);
    new ToyImages(600, 210, 12, 4).write(data);
    List<String> notices = new ArrayList<>();
    assertThat(evaluate(run.resolve("model.safetensors"), notices).total()).isEqualTo(210);
    assertThat(notices)
        .singleElement()
        .asString()
        .startsWith("data are not those the model was trained on");
  }

  private static Evaluation evaluate(Path model, List<String> notices) throws IOException {
    Evaluation.Data samples =
        new Evaluation.Data(
            Optional.empty(),
            Optional.empty(),
            ImageSettings.STRICT,
            DownloadProgress.NONE,
            notices::add);
    return Evaluation.ofModel(model, samples, 2);
  }
}
