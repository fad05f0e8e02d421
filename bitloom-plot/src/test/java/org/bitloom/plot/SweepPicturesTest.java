package org.bitloom.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bitloom.plot.page.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SweepPicturesTest {
  @TempDir Path folder;

  private static final List<Drawn> DRAWINGS = drawAll();

  static List<Drawn> drawings() {
    return DRAWINGS;
  }

  private static List<Drawn> drawAll() {
    return AwkwardSweeps.all().entrySet().stream()
        .flatMap(
            sweep ->
                Picture.applicableTo(sweep.getValue().points()).stream()
                    .map(picture -> draw(sweep.getKey(), picture, sweep.getValue())))
        .toList();
  }

  private static Drawn draw(String name, Picture picture, SweepResults results) {
    return new Drawn(name, picture, results, svg(picture, results));
  }

  private static byte[] svg(Picture picture, SweepResults results) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      SweepPictures.writeSvg(picture, results, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  record Drawn(String name, Picture picture, SweepResults results, byte[] svg) {
    @Override
    public String toString() {
      return name + ", " + picture;
    }
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void wordsStayOnThePageAndApartFromEachOther(Drawn drawn) throws Exception {
    byte[] svg = drawn.svg();
    double height =
        Double.parseDouble(SvgText.parse(svg).getDocumentElement().getAttribute("height"));
    Rectangle2D page = new Rectangle2D.Double(0, 0, Page.WIDTH, height);
    List<SvgText> texts = SvgText.allOf(svg);
    assertThat(texts).hasSizeGreaterThan(5);
    for (int i = 0; i < texts.size(); i++) {
      SvgText text = texts.get(i);
      assertThat(page.contains(text.box())).as("%s on the page %s", text, page).isTrue();
      for (SvgText other : texts.subList(0, i)) {
        assertThat(text.box().intersects(other.box())).as("%s over %s", text, other).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void theSameResultsGiveTheSameBytes(Drawn drawn) {
    assertThat(svg(drawn.picture(), drawn.results())).isEqualTo(drawn.svg());
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void theCaptionHoldsTheWholeCommand(Drawn drawn) throws Exception {
    String words =
        SvgText.allOf(drawn.svg()).stream().map(SvgText::words).collect(Collectors.joining(" "));
    assertThat(words.replaceAll("\\s", ""))
        .contains(drawn.results().caption().command().replaceAll("\\s", ""));
    assertThat(words)
        .contains("test accuracy (%)", "seeds 1..3")
        .containsPattern("non-zero (weights )?\\(%\\)");
  }

  @Test
  void thePicturesOfTheSampleSayWhatTheyShow() throws Exception {
    assertThat(words(Picture.ACCURACY, Samples.paper()))
        .contains("depth 2", "depth 4", "depth 6", "depth 8", "depth 16", "depth 32")
        .contains("float", "float baseline", "Band: float baseline, 89.73 ± 0.20 % (3 runs).")
        .contains("trained bits per weight, from the sign downwards (logarithmic)");
    assertThat(words(Picture.EVERY, Samples.every(4, 2)))
        .contains("1111", "1000", "0001", "gain", "sign", "trained bit", "depth 4");
    assertThat(words(Picture.SINGLE, Samples.single(8, 1)))
        .contains("sign", "6", "5", "4", "3", "2", "1", "0", "depth 8");
  }

  @Test
  void groupsGetPanelsOfTheirOwn() throws Exception {
    assertThat(words(Picture.ACCURACY, AwkwardSweeps.groups()))
        .contains("rule coupled", "rule independent")
        .filteredOn("test accuracy (%)"::equals)
        .hasSize(2);
  }

  @Test
  void aDivergedRunIsMarkedAndNamedInTheCaption() throws Exception {
    assertThat(words(Picture.ACCURACY, AwkwardSweeps.diverged()))
        .contains("depth 4: 9.8", "depth 2: 10.0", "86", "90")
        .anyMatch(line -> line.startsWith("2 runs lie far below the axis: marked"))
        .contains("One run with trained bits other than the topmost is not shown here.");
  }

  @Test
  void barsThatDoNotBeginAtZeroSaySo() throws Exception {
    assertThat(words(Picture.SINGLE, Samples.every(4, 1)))
        .anyMatch(line -> line.matches("The accuracy axis begins at .* %, not at zero: .*"));
    assertThat(words(Picture.SINGLE, Samples.single(8, 1)))
        .noneMatch(line -> line.contains("not at zero"));
  }

  @Test
  void drawingWritesEveryPictureThatAppliesAsSvgAndPng() throws Exception {
    SweepPictures.Files files = SweepPictures.draw(Samples.every(3, 1), folder);
    assertThat(files.remarks()).isEmpty();
    assertThat(files.written().stream().map(file -> file.getFileName().toString()))
        .containsExactly(
            "accuracy.svg", "accuracy.png", "every.svg", "every.png", "single.svg", "single.png");
    try (Stream<Path> found = Files.list(folder)) {
      assertThat(found).containsExactlyInAnyOrderElementsOf(files.written());
    }
  }

  @ParameterizedTest
  @EnumSource
  void thePngDecodesAndShowsInkOnWhite(Picture picture) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SweepPictures.writePng(picture, Samples.every(4, 1), out);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    assertThat(image.getWidth()).isEqualTo(2 * Page.WIDTH);
    long ink = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        ink += (image.getRGB(x, y) & 0xFFFFFF) == 0xFFFFFF ? 0 : 1;
      }
    }
    double share = (double) ink / image.getWidth() / image.getHeight();
    assertThat(share).isBetween(0.02, 0.6);
  }

  @Test
  void aPictureTooHighForAPngIsWrittenAsSvgAlone() throws Exception {
    List<SweepPoint> points = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      points.add(Samples.point(4, "1000", "lr " + i, 1, 97, 100));
      points.add(Samples.point(4, "1100", "lr " + i, 1, 98, 100));
    }
    SweepResults results = new SweepResults(points, Map.of(), Samples.CAPTION);
    SweepPictures.Files files = SweepPictures.draw(results, folder);
    assertThat(files.written()).containsExactly(folder.resolve("accuracy.svg"));
    assertThat(files.remarks())
        .singleElement()
        .asString()
        .matches("accuracy.png must be at most 20000 pixels high, got \\d+; use accuracy.svg, .*");
    assertThat(folder.resolve("accuracy.png")).doesNotExist();
  }

  @Test
  void signsThatXmlKnowsAndControlCharactersDoNoHarm() throws Exception {
    Caption caption =
        new Caption("a < b & \"c\"\u0000\u0007", "x", "<y>", "1\uD800", "run --net 'a&b' \n\t-x");
    SweepResults results = new SweepResults(Samples.paper().points(), Map.of(), caption);
    assertThat(words(Picture.ACCURACY, results))
        .contains("a < b & \"c\"", "Command: run --net 'a&b' -x")
        .anyMatch(line -> line.startsWith("x on <y>; seeds 1 ."));
  }

  @Test
  void aPictureThatDoesNotApplyIsRefused() {
    assertThatThrownBy(
            () ->
                SweepPictures.writeSvg(Picture.EVERY, Samples.paper(), new ByteArrayOutputStream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the points must suit the picture 'every', got 78 that do not");
  }

  @Test
  void theSvgIsSelfContainedUtf8WithoutADate() throws Exception {
    byte[] svg = svg(Picture.ACCURACY, Samples.paper());
    String text = new String(svg, StandardCharsets.UTF_8);
    assertThat(text)
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
        .contains("<title>Accuracy against trained bits, ResNet-20 on CIFAR-10</title>")
        .contains("viewBox=\"0 0 800 ", "font-family=\"DejaVu Sans, ", "±")
        .doesNotContain("<!DOCTYPE", "xlink:href", "Generated by");
  }

  private static List<String> words(Picture picture, SweepResults results) throws Exception {
    return SvgText.allOf(svg(picture, results)).stream().map(SvgText::words).toList();
  }
}
