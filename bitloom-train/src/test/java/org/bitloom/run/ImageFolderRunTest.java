package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bitloom.data.ImageSet;
import org.bitloom.download.DownloadProgress;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.images.choice.ImageSettings;
import org.bitloom.io.ModelFile;
import org.bitloom.model.Reading;
import org.bitloom.session.Evaluation;
import org.bitloom.session.Prediction;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.RunSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on a folder of pictures, one of them damaged. */
final class ImageFolderRunTest {
  private static final ToyImages TOYS = new ToyImages(120, 40, 8, 4);

  @TempDir private Path root;
  private Path pictures;

  @BeforeEach
  void writePictures() throws IOException {
    pictures = root.resolve("pictures");
    write("train", TOYS.data().train());
    write("test", TOYS.data().test());
    Files.write(pictures.resolve("train/class2/bad.jpg"), new byte[] {1, 2, 3});
  }

  private void write(String part, ImageSet images) throws IOException {
    for (int i = 0; i < images.count(); i++) {
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
      for (int pixel = 0; pixel < 64; pixel++) {
        image.getRaster().setSample(pixel % 8, pixel / 8, 0, images.pixels()[64 * i + pixel]);
      }
      Path folder = Files.createDirectories(pictures.resolve(part + "/class" + images.labels()[i]));
      ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
    }
  }

  private RunSettings settings(Map<String, Object> more) {
    Map<String, Object> replaced = new HashMap<>(more);
    replaced.put("batch", 10L);
    return ToyRun.settings(pictures, replaced);
  }

  @Test
  void aDamagedPictureEndsTheRunBeforeItsFolderIsMade() {
    Path run = root.resolve("run");
    assertThatThrownBy(() -> ToyRun.start(settings(Map.of()), run))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining(
            "found 1 of 161 bad: train/class2/bad.jpg (not PNG, JPEG, WebP, BMP, GIF or TIFF)");
    assertThat(run).doesNotExist();
  }

  @Test
  void withoutTheDamagedPictureItLearnsAndRecordsThat() throws IOException {
    Path run = root.resolve("run");
    RunSettings settings = settings(Map.of("skipBadImages", true));
    RunOutcome outcome = ToyRun.start(settings, run);
    double accuracy = outcome.last().orElseThrow().result().test().accuracy();
    assertThat(accuracy).isGreaterThan(0.9);
    assertThat(RunReader.open(run).settings()).isEqualTo(settings);
    Path model = outcome.model().orElseThrow();
    assertThat(ModelFile.read(model).provenance()).containsEntry("skipBadImages", "true");
    List<String> notices = new ArrayList<>();
    Evaluation.Data same =
        new Evaluation.Data(
            Optional.empty(),
            Optional.empty(),
            ImageSettings.STRICT,
            DownloadProgress.NONE,
            notices::add);
    assertThat(Evaluation.ofModel(model, same, 2).accuracy()).isEqualTo(accuracy);
    assertThat(notices).singleElement().asString().contains("skipped images of " + pictures);
  }

  @Test
  void aRunIsNotResumedWhenAPictureHasChanged() throws IOException {
    Path run = root.resolve("run");
    RunSettings settings = settings(Map.of("skipBadImages", true));
    TrainingRun.start(settings, ToyRun.in(run, ToyRun.after(3)));
    Path first = pictures.resolve("train/class0/0.png");
    Files.copy(first, pictures.resolve("train/class0/copy.png"));
    assertThatThrownBy(() -> ToyRun.resume(run))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("data must be those the run began with (SHA-256 ");
    Files.delete(pictures.resolve("train/class0/copy.png"));
    assertThat(ToyRun.resume(run).finished()).isTrue();
  }

  /** Asks the model about each test picture on its own, as predict does. */
  private double rightAnswers(Path model) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(pictures.resolve("test"))) {
      files = all.filter(Files::isRegularFile).toList();
    }
    Evaluation.Source source = new Evaluation.Source(model, Optional.empty(), Reading.PLAIN);
    long right =
        Prediction.of(source, files, 2).stream()
            .filter(answer -> answer.image().getParent().endsWith(answer.classes().get(0).name()))
            .count();
    return (double) right / files.size();
  }

  private double accuracyOfItself(Path model) throws IOException {
    Evaluation.Data same =
        new Evaluation.Data(Optional.empty(), Optional.empty(), DownloadProgress.NONE);
    return Evaluation.ofModel(model, same, 2).accuracy();
  }

  @Test
  void aModelOfScaledPicturesIsMeasuredOnScaledPictures() throws IOException {
    Path run = root.resolve("run");
    RunSettings settings = settings(Map.of("skipBadImages", true, "resize", "4x4"));
    RunOutcome outcome = ToyRun.start(settings, run);
    assertThat(RunReader.open(run).settings()).isEqualTo(settings);
    Path model = outcome.model().orElseThrow();
    assertThat(ModelFile.read(model).inputShape()).containsExactly(1, 4, 4);
    assertThat(ModelFile.read(model).provenance()).containsEntry("resize", "4x4");
    assertThat(rightAnswers(model))
        .isEqualTo(outcome.last().orElseThrow().result().test().accuracy());
    assertThat(accuracyOfItself(model))
        .isEqualTo(outcome.last().orElseThrow().result().test().accuracy());
  }

  @Test
  void aSplitFolderIsTestedOnTheSamePicturesAgain() throws IOException {
    Files.delete(pictures.resolve("train/class2/bad.jpg"));
    Files.move(pictures.resolve("test"), root.resolve("test"));
    Path run = root.resolve("run");
    RunSettings settings = settings(Map.of("split", "0.25:3"));
    RunOutcome outcome = ToyRun.start(settings, run);
    assertThat(RunReader.open(run).settings()).isEqualTo(settings);
    Path model = outcome.model().orElseThrow();
    assertThat(ModelFile.read(model).provenance()).containsEntry("split", "0.25:3");
    assertThat(accuracyOfItself(model))
        .isEqualTo(outcome.last().orElseThrow().result().test().accuracy());
  }

  @Test
  void theRangeOfTheTrainingPicturesIsKeptInTheModel() throws IOException {
    Files.delete(pictures.resolve("train/class2/bad.jpg"));
    for (String part : List.of("train", "test")) {
      deepen(pictures.resolve(part), part.equals("train") ? 16 : 15);
    }
    Path run = root.resolve("run");
    RunOutcome outcome = ToyRun.start(settings(Map.of("range", "train")), run);
    Path model = outcome.model().orElseThrow();
    String range = ModelFile.read(model).provenance().get("range");
    assertThat(range).matches("[0-9]{1,3}\\.\\.[34][0-9]{3}");
    assertThat(rightAnswers(model))
        .isEqualTo(outcome.last().orElseThrow().result().test().accuracy());
    assertThat(Files.readString(run.resolve("config.json")))
        .contains("\"range\":\"train\"", "\"range\":\"" + range + "\"");
    assertThat(accuracyOfItself(model))
        .isEqualTo(outcome.last().orElseThrow().result().test().accuracy());
  }

  /** Writes the pictures of a part anew, with 16 bits per sample of which 12 are used. */
  private static void deepen(Path part, int factor) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(part)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Raster from = ImageIO.read(file.toFile()).getRaster();
      BufferedImage to = new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY);
      for (int pixel = 0; pixel < 64; pixel++) {
        int sample = from.getSample(pixel % 8, pixel / 8, 0);
        to.getRaster().setSample(pixel % 8, pixel / 8, 0, factor * sample);
      }
      ImageIO.write(to, "png", file.toFile());
    }
  }
}
