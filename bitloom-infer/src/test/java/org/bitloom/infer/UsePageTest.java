package org.bitloom.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.bitloom.bits.BitLayout;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.Graph;
import org.bitloom.graph.Input;
import org.bitloom.io.ModelFile;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the program of docs/use.md with core and infer alone on the class path. */
class UsePageTest {
  private static final Pattern PROGRAM = Pattern.compile("(?s)```java\n(.*?)```");

  @TempDir private Path folder;

  private static String place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private static String program() throws Exception {
    Path page = Path.of(System.getProperty("bitloom.root"), "docs", "use.md");
    Matcher program = PROGRAM.matcher(Files.readString(page));
    assertThat(program.find()).as("a program in %s", page).isTrue();
    return program.group(1);
  }

  /** Tells by the second of two colour pixels: class 0 is its red, 1 its green, 2 its blue. */
  private static BitModel colourOfTheSecondPixel() {
    Graph graph =
        new Graph(
            List.of(
                new Input("input", List.of(3, 1, 2)),
                new Flatten("flatten", "input"),
                new Dense("dense", "flatten", 3, false)));
    int[] codes = {0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1};
    BitTensor weight = new BitTensor("dense.weight", List.of(3, 6), new BitLayout(2, 3), 1, codes);
    return new BitModel(
        Architecture.of("mine", graph),
        new Task(List.of(3, 1, 2), new Normalization.Unit(), 3),
        List.of(weight),
        Map.of());
  }

  @Test
  void theProgramOfThePageClassifiesAPngWithTwoJars() throws Exception {
    Path source = folder.resolve("Classify.java");
    Files.writeString(source, program());
    String classPath = place(BitNetwork.class) + File.pathSeparator + place(BitModel.class);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, said, said, "-cp", classPath, "-d", folder.toString(), source.toString());
    assertThat(compiled).as(said.toString(StandardCharsets.UTF_8)).isZero();

    Path model = folder.resolve("model.safetensors");
    ModelFile.write(model, colourOfTheSecondPixel());
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xffffff);
    image.setRGB(1, 0, 0x1020f0);
    Path png = folder.resolve("blue.png");
    ImageIO.write(image, "png", png.toFile());

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath + File.pathSeparator + folder,
                "Classify",
                model.toString(),
                png.toString())
            .redirectErrorStream(true)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(answer).isZero();
    assertThat(answer.strip()).isEqualTo("class 2");
  }
}
