package org.bitloom.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.bitloom.bits.BitMask;
import org.bitloom.model.BitTensor;
import org.bitloom.plot.page.SvgCanvas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MachineFontsTest {
  private static final long CHILD_MINUTES = 2;

  @TempDir Path folder;

  @Test
  void theSvgAsksNothingOfTheMachinesFonts() throws Exception {
    Path log = folder.resolve("classes.log");
    child("-Xlog:class+load:file=" + log, "svg");
    assertThat(folder.resolve("accuracy.svg")).isNotEmptyFile();
    List<String> loaded = Files.readAllLines(log);
    assertThat(loaded).anyMatch(line -> line.contains(SvgCanvas.class.getName() + " "));
    assertThat(loaded.stream().filter(line -> line.contains("FontManager"))).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutFontsTheSvgIsWrittenAndThePngRemarkedOn() throws Exception {
    for (String name : List.of("libfontconfig.so", "libfontconfig.so.1")) {
      Files.createFile(folder.resolve(name)); // found first, and no library
    }
    child("-Djava.awt.headless=true", "all");
    assertThat(folder.resolve("accuracy.svg")).isNotEmptyFile();
    assertThat(folder.resolve("accuracy.png")).doesNotExist();
    assertThat(Files.readString(folder.resolve("remarks")))
        .startsWith("accuracy.png needs a font, this Java can use none (Fontconfig head is null")
        .endsWith("; use accuracy.svg, or install fontconfig and a font such as DejaVu Sans");
  }

  @Test
  void thePictureOfBitPlanesAsksNothingOfTheMachinesFonts() throws Exception {
    Path log = folder.resolve("classes.log");
    child("-Xlog:class+load:file=" + log, "planes");
    BufferedImage drawn = ImageIO.read(folder.resolve("planes.png").toFile());
    assertThat(drawn.getRGB(12, 12 + 5)).isEqualTo(0xff000000); // the t of the title
    assertThat(Files.readAllLines(log)).filteredOn(line -> line.contains("FontManager")).isEmpty();
  }

  private void child(String option, String what) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>(List.of(java.toString(), option));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Child.class.getName(), what, folder.toString()));
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("LD_LIBRARY_PATH", folder.toString());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(CHILD_MINUTES, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }

  /** Draws in a JVM of its own. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[1]);
      if (arguments[0].equals("planes")) {
        BitMask mask = BitMask.parse("10");
        int[] codes = {0, 1, 2, 3};
        BitTensor layer = new BitTensor("Tiny", List.of(2, 2), mask.at(2), 1, codes);
        PlanePicture.ofMatrices(List.of(layer)).write(folder.resolve("planes.png"));
      } else if (arguments[0].equals("svg")) {
        try (var out = Files.newOutputStream(folder.resolve("accuracy.svg"))) {
          SweepPictures.writeSvg(Picture.ACCURACY, Samples.paper(), out);
        }
      } else {
        SweepPictures.Files files = SweepPictures.draw(Samples.paper(), folder);
        Files.write(
            folder.resolve("remarks"),
            String.join("\n", files.remarks()).getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
