package org.bitloom.bench.infer;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.bitloom.bench.measure.Median;
import org.bitloom.error.FailureException;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;

/** Times {@code ./bitloom predict} from its start to its end, as a user does. */
final class PredictStart {
  private static final int STARTS = 11;
  private static final Path LAUNCHER = Path.of("bitloom").toAbsolutePath();

  private PredictStart() {}

  /** Returns the median in seconds; empty if there is no launcher in the working directory. */
  static OptionalDouble seconds(BitModel model) throws IOException {
    if (!Files.isExecutable(LAUNCHER)) {
      return OptionalDouble.empty();
    }
    Path folder = Files.createTempDirectory("bitloom-infer");
    Path file = folder.resolve("model.safetensors");
    Path image = folder.resolve("image.png");
    try {
      ModelFile.write(file, model);
      int side = model.inputShape().get(1);
      ImageIO.write(
          new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY), "png", image.toFile());
      start(file, image); // builds the command if its sources changed
      List<Double> seconds = new ArrayList<>();
      for (int i = 0; i < STARTS; i++) {
        seconds.add(start(file, image));
      }
      return OptionalDouble.of(Median.of(seconds, each -> each));
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(image);
      Files.delete(folder);
    }
  }

  private static double start(Path model, Path image) throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(LAUNCHER.toString(), "predict", model.toString(), image.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    command.redirectInput(new File("/dev/null"));
    command.environment().remove("BITLOOM_MODULE"); // that of the benchmarks
    long begin = System.nanoTime();
    try {
      if (command.start().waitFor() != 0) {
        throw new FailureException("predict must succeed, it failed", "its message stands above");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException("the benchmark was interrupted", "start it again");
    }
    return (System.nanoTime() - begin) / 1e9;
  }
}
