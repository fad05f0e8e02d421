package org.bitloom.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.bitloom.bits.BitMask;
import org.bitloom.cli.Captured;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.Graph;
import org.bitloom.graph.Input;
import org.bitloom.io.Json;
import org.bitloom.io.ModelFile;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Task;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Draws the bit-planes of a model with inspect --planes. */
final class PlanePictureTest {
  private static final int WHITE = 0xffffffff;
  private static final int BLACK = 0xff000000;
  private static final int BLUE = 0xff4878b0;
  private static final int PURPLE = 0xff542788;
  private static final int ORANGE = 0xffb35806;

  /** Panels begin here: a gap at the left; a gap, a title and a label above. */
  private static final int LEFT = 12;

  private static final int TOP = 12 + 18 + 18;

  @TempDir private Path folder;
  private Path file;
  private Path picture;
  private BitTensor wide;

  /** One layer of 150 x 130 weights at one pixel each, one of 2 x 3, and a bias. */
  @BeforeEach
  void writeModel() throws IOException {
    file = folder.resolve("model.safetensors");
    picture = folder.resolve("planes.png");
    SplittableRandom random = Seeds.random();
    int[] codes = random.ints(150 * 130, 0, 8).toArray();
    wide = new BitTensor("wide", List.of(150, 13, 10), BitMask.parse("101").at(3), 1, codes);
    BitTensor small =
        new BitTensor(
            "small", List.of(2, 3), BitMask.parse("10").at(2), 1, new int[] {0, 1, 2, 3, 0, 1});
    write(List.of(wide, small, new FloatTensor("bias", List.of(2), new float[2])));
  }

  private void write(List<ModelTensor> tensors) throws IOException {
    Normalization none = Normalization.none(1);
    ModelFile.write(
        file,
        new BitModel(Architecture.opaque("own"), new Task(List.of(1), none, 2), tensors, Map.of()));
  }

  private Captured draw(String more) {
    return Captured.run("inspect " + file + " --planes " + picture + " " + more);
  }

  @Test
  void everyWeightIsAPixelOfEveryPlaneSignFirst() throws IOException {
    assertThat(draw("--layer wide").exitCode()).isZero();
    BufferedImage drawn = ImageIO.read(picture.toFile());
    for (int plane = 0; plane < 3; plane++) {
      int bit = 2 - plane;
      int ink = bit == 1 ? BLUE : BLACK;
      for (int i = 0; i < wide.size(); i++) {
        int x = LEFT + plane * (130 + 12) + i % 130;
        assertThat(drawn.getRGB(x, TOP + i / 130))
            .as("bit %d of weight %d", bit, i)
            .isEqualTo((wide.code(i) >>> bit & 1) == 1 ? ink : WHITE);
      }
    }
  }

  /** Four units that look at images of 2 x 100 x 60 are two tiles each. */
  @Test
  void unitsThatLookAtAnImageAreTilesOfItsShape() throws IOException {
    int[] codes = Seeds.random("tiles").ints(4 * 12_000, 0, 2).toArray();
    Graph graph =
        new Graph(
            List.of(
                new Input("input", List.of(2, 100, 60)),
                new Flatten("flatten", "input"),
                new Dense("dense1", "flatten", 4, false)));
    BitTensor units =
        new BitTensor("dense1.weight", List.of(4, 12_000), BitMask.sign().at(1), 1, codes);
    Task task = new Task(List.of(2, 100, 60), Normalization.none(12_000), 4);
    ModelFile.write(
        file, new BitModel(Architecture.of("own", graph), task, List.of(units), Map.of()));
    assertThat(draw("").exitCode()).isZero();
    BufferedImage drawn = ImageIO.read(picture.toFile());
    int panel = 12 + 8 * 64 - 4; // of eight tiles, behind the one of whole weights
    assertThat(drawn.getWidth()).isEqualTo(12 + 2 * panel);
    for (int i = 0; i < codes.length; i++) {
      int x = LEFT + panel + i / 6000 * 64 + i % 60;
      int y = TOP + i % 6000 / 60;
      assertThat(drawn.getRGB(x, y)).as("sign %d", i).isEqualTo(codes[i] == 1 ? BLACK : WHITE);
      assertThat(drawn.getRGB(x - panel, y))
          .as("weight %d", i)
          .isEqualTo(codes[i] == 1 ? ORANGE : PURPLE);
    }
  }

  @Test
  void smallMatricesAreMagnified() throws IOException {
    assertThat(draw("--layer small").exitCode()).isZero();
    BufferedImage drawn = ImageIO.read(picture.toFile());
    int[] signs = {0, 0, 1, 1, 0, 0};
    for (int y = 0; y < 80; y++) {
      for (int x = 0; x < 120; x++) {
        int expected = signs[y / 40 * 3 + x / 40] == 1 ? BLACK : WHITE;
        assertThat(drawn.getRGB(LEFT + x, TOP + y)).isEqualTo(expected);
      }
    }
  }

  @Test
  void allLayersStandBelowEachOtherAndTheOutputSaysHowLargeThePictureIs() throws IOException {
    String out = draw("").out();
    BufferedImage drawn = ImageIO.read(picture.toFile());
    assertThat(out)
        .isEqualTo(
            picture
                + ": bit-planes of 2 layers, "
                + drawn.getWidth()
                + " x "
                + drawn.getHeight()
                + " pixels\n");
    assertThat(drawn.getWidth()).isEqualTo(12 + 3 * (130 + 12));
    assertThat(drawn.getHeight()).isEqualTo(12 + (18 + 18 + 150 + 12) + (18 + 18 + 80 + 12));
  }

  @Test
  void aLongRowOfPlanesIsBroken() throws IOException {
    int[] codes = new int[1000 * 2];
    write(List.of(new BitTensor("long", List.of(2, 1000), BitMask.all().at(3), 1, codes)));
    assertThat(draw("").exitCode()).isZero();
    BufferedImage drawn = ImageIO.read(picture.toFile());
    assertThat(drawn.getWidth()).isEqualTo(12 + 1000 + 12);
    assertThat(drawn.getHeight()).isEqualTo(12 + 18 + 3 * (18 + 2 + 12));
  }

  @Test
  void labelsAreDrawn() throws IOException {
    draw("--layer small");
    BufferedImage drawn = ImageIO.read(picture.toFile());
    for (int top : new int[] {12, 12 + 18}) { // the title, then the label of the sign
      List<Integer> colours = new ArrayList<>();
      for (int y = top; y < top + 17; y++) {
        for (int x = LEFT; x < LEFT + 60; x++) {
          colours.add(drawn.getRGB(x, y));
        }
      }
      assertThat(colours).contains(WHITE).anyMatch(colour -> (colour & 0xff) < 0x60);
    }
  }

  @Test
  void jsonNamesThePictureBesideTheUsualKeys() {
    Map<?, ?> object = (Map<?, ?>) Json.parse(draw("--json").out().strip());
    assertThat(object.get("picture")).isEqualTo(picture.toString());
    assertThat((List<?>) object.get("layers")).hasSize(3);
    assertThat(picture).exists();
  }

  @Test
  void whatCannotBeDrawnIsRefusedAsWrongUsage() throws IOException {
    assertRefused(
        draw("--layer dense"),
        "pattern of a layer must match a weight, 'dense' matches none of wide, small");
    assertRefused(
        Captured.run("inspect " + file + " --layer first"),
        "--layer chooses what --planes draws, got no --planes");
    assertRefused(
        Captured.run("inspect " + file + " --planes planes.jpg"),
        "--planes must name a file that ends in .png, got planes.jpg");
    write(List.of(new FloatTensor("bias", List.of(2), new float[2])));
    assertRefused(draw(""), "the model must have bit-wise weights to draw, all of its are floats");
    int[] codes = new int[5_000_000];
    write(List.of(new BitTensor("long", List.of(codes.length), BitMask.all().at(32), 1, codes)));
    assertRefused(draw(""), "the picture must have at most 100,000,000 pixels, these layers need");
    assertThat(picture).doesNotExist();
  }

  private static void assertRefused(Captured result, String message) {
    assertThat(result.err()).startsWith("bitloom: " + message);
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void anOlderPictureIsReplaced() throws IOException {
    Files.writeString(picture, "old");
    draw("");
    assertThat(ImageIO.read(picture.toFile())).isNotNull();
  }
}
