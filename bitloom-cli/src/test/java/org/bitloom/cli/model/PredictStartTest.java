package org.bitloom.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.bitloom.cli.Main;
import org.bitloom.testkit.GoldenModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predicts in a JVM of its own, which tells the classes that it loads. */
final class PredictStartTest {
  @TempDir private Path folder;

  @Test
  void theEngineIsNotLoadedForAPrediction() throws IOException, InterruptedException {
    Path image = folder.resolve("a.png");
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png", image.toFile());
    Path model = GoldenModels.model("format3/plain", folder);

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-verbose:class",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "predict",
                model.toString(),
                image.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(said)
        .doesNotContain(" ai.djl.engine.Engine ", " ai.djl.pytorch.", " ai.djl.ndarray.");
    assertThat(said).containsPattern("a\\.png  [0-2] \\d+\\.\\d\\d %, ");
  }
}
