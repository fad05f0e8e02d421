package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.bitloom.data.ImageSet;
import org.bitloom.model.Reading;
import org.bitloom.session.Evaluation;
import org.bitloom.session.Prediction;
import org.bitloom.session.ToyImages;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a model about single pictures. */
final class PredictionTest {
  private static final ToyImages TOYS = new ToyImages(120, 40, 8, 4);
  private static final List<String> NAMES = List.of("ant", "bee", "cow", "dog");

  @TempDir private static Path shared;
  private static Path data;
  private static Evaluation.Source model;
  private static EpochMetrics metrics;

  @TempDir private Path root;

  @BeforeAll
  static void train() throws IOException {
    data = new ToyPictures(TOYS, NAMES).write(shared.resolve("data"));
    RunOutcome outcome =
        ToyRun.start(ToyRun.settings(data, Map.of("batch", 10L)), shared.resolve("run"));
    metrics = outcome.last().orElseThrow();
    model = new Evaluation.Source(outcome.model().orElseThrow(), Optional.empty(), Reading.PLAIN);
  }

  private Path write(String name, int type, int index) throws IOException {
    Path file = root.resolve(name);
    BufferedImage image = ToyPictures.picture(TOYS.data().test(), index, type);
    assertThat(ImageIO.write(image, name.substring(name.indexOf('.') + 1), file.toFile())).isTrue();
    return file;
  }

  private static List<Prediction> predict(Path... images) throws IOException {
    return Prediction.of(model, List.of(images), 2);
  }

  @Test
  void theTestPicturesAreRecognizedAsOftenAsInTheRun() throws IOException {
    ImageSet test = TOYS.data().test();
    Path[] files = new Path[test.count()];
    for (int i = 0; i < files.length; i++) {
      files[i] = data.resolve("test/" + NAMES.get(test.labels()[i]) + "/" + i + ".png");
    }
    List<Prediction> predictions = predict(files);
    long right =
        predictions.stream()
            .filter(each -> each.image().getParent().endsWith(each.classes().get(0).name()))
            .count();
    assertThat((double) right / files.length).isEqualTo(metrics.result().test().accuracy());
  }

  @Test
  void probabilitiesFallAndComeToOne() throws IOException {
    Prediction prediction = predict(write("a.png", BufferedImage.TYPE_BYTE_GRAY, 2)).get(0);
    double[] shares = prediction.classes().stream().mapToDouble(c -> c.probability()).toArray();
    assertThat(prediction.classes().get(0).name()).isEqualTo("cow");
    assertThat(prediction.classes().get(0).label()).isEqualTo(2);
    assertThat(shares[0] + shares[1] + shares[2] + shares[3]).isCloseTo(1, within(1e-5));
    assertThat(shares).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void greyThatIsStoredAsColoursIsGrey() throws IOException {
    List<Prediction> both =
        predict(
            write("grey.png", BufferedImage.TYPE_BYTE_GRAY, 1),
            write("rgb.png", BufferedImage.TYPE_INT_RGB, 1));
    assertThat(both.get(1).classes()).isEqualTo(both.get(0).classes());
  }

  @Test
  void aBadFileDoesNotLoseTheAnswersForTheOthers() throws IOException {
    Path cut = root.resolve("cut.png");
    Path good = write("good.png", BufferedImage.TYPE_BYTE_GRAY, 0);
    Files.write(cut, List.of("no picture"));
    BufferedImage colours = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    colours.setRGB(3, 3, 0xff0000);
    Path red = root.resolve("red.png");
    ImageIO.write(colours, "png", red.toFile());
    Path large = root.resolve("large.png");
    ImageIO.write(new BufferedImage(9, 8, BufferedImage.TYPE_BYTE_GRAY), "png", large.toFile());
    Path absent = root.resolve("absent.png");
    List<Prediction> all = predict(cut, good, red, large, absent, root);
    assertThat(all)
        .extracting(each -> each.problem().orElse("good"))
        .containsExactly(
            "not PNG, JPEG, WebP, BMP, GIF or TIFF",
            "good",
            "has colours, the network takes grey images",
            "size (width x height) is 9x8, must be 8x8: scale or crop it",
            "no such file",
            "a folder");
    assertThat(all.get(1).classes()).hasSize(4);
  }
}
