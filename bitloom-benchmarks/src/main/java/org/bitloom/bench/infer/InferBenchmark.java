package org.bitloom.bench.infer;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bitloom.bench.measure.BenchmarkMachine;
import org.bitloom.bench.measure.Target;
import org.bitloom.infer.BitNetwork;
import org.bitloom.infer.kernel.InferenceChoice;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;

/** Prints how long one image takes beside ONNX Runtime, one thread each, and the memory. */
public final class InferBenchmark {
  private static final String PLAIN = "bitloom";
  private static final String SCALAR = "scalar";
  private static final String ONNX = "ONNX Runtime";
  private static final double MEGABYTE = 1e6;
  private static final int COPIES = 16;

  private static final MadeUpNetwork LENET =
      new MadeUpNetwork("lenet300", List.of(1, 28, 28), 3, 0.9, 0.8);
  private static final MadeUpNetwork RESNET =
      new MadeUpNetwork("resnet20", List.of(3, 32, 32), 6, 0.05, 0);
  private static final MadeUpNetwork SPARSE_RESNET =
      new MadeUpNetwork("resnet20", List.of(3, 32, 32), 3, 0.9, 0);

  private final PrintStream out;

  public InferBenchmark(PrintStream out) {
    this.out = out;
  }

  /** Plain Java. */
  private record PlainRacer(String name, BitNetwork network) implements Racer {
    @Override
    public float[] scores(float[] pixels) {
      return network.scores(pixels);
    }
  }

  /** Races both networks and prints the table. */
  public void run() throws IOException {
    out.printf(
        Locale.ROOT,
        "%s, one thread, one image, %s kernels, Java %s, ONNX Runtime 1.22.0%n%n",
        BenchmarkMachine.processor(),
        InferenceChoice.chosen().name(),
        Runtime.version());
    out.printf(
        Locale.ROOT,
        "%-36s %12s %14s %8s %15s %8s%n",
        "network",
        ONNX,
        PLAIN,
        "ratio",
        "scalar kernels",
        "ratio");
    List<Target> targets = new ArrayList<>();
    double lenet = race("LeNet-300-100, 3 bits, 90 % zeros", LENET);
    double resnet = race("ResNet-20, 6 bits", RESNET);
    race("ResNet-20, 3 bits, 90 % zeros", SPARSE_RESNET);
    targets.add(Target.atMost("LeNet-300-100 to ONNX Runtime", lenet, 0.7));
    targets.add(Target.atMost("ResNet-20 to ONNX Runtime", resnet, 2));
    targets.add(Target.atMost("ResNet-20: heap beside the model, MB", heap(), 10));
    PredictStart.seconds(LENET.model())
        .ifPresentOrElse(
            seconds -> targets.add(Target.atMost("predict, start to end, seconds", seconds, 0.5)),
            () -> out.println("start of predict: only measured in the folder of ./bitloom"));
    Target.print(out, targets);
  }

  private double race(String what, MadeUpNetwork made) {
    BitModel model = made.model();
    try (OnnxRacer onnx = new OnnxRacer(model)) {
      PlainRacer plain = new PlainRacer(PLAIN, BitNetwork.of(model));
      PlainRacer scalar = new PlainRacer(SCALAR, BitNetwork.of(model, InferenceChoice.scalar()));
      InferRace race = new InferRace(List.of(onnx, plain, scalar), made.image()).run();
      out.printf(
          Locale.ROOT,
          "%-36s %9.1f us %11.1f us %8.2f %12.1f us %8.2f%n",
          what,
          race.micros(ONNX),
          race.micros(PLAIN),
          race.ratio(PLAIN, ONNX),
          race.micros(SCALAR),
          race.ratio(SCALAR, ONNX));
      return race.ratio(PLAIN, ONNX);
    }
  }

  /**
   * Returns how much heap a loaded network that has answered takes, beyond the size of its file.
   */
  private static double heap() throws IOException {
    Path file = Files.createTempFile("bitloom-infer", ".safetensors");
    try {
      ModelFile.write(file, RESNET.model());
      List<BitNetwork> kept = new ArrayList<>();
      for (int i = 0; i < COPIES; i++) {
        kept.add(BitNetwork.load(file));
        kept.get(i).scores(RESNET.image());
      }
      long with = used();
      kept.clear();
      return ((double) (with - used()) / COPIES - Files.size(file)) / MEGABYTE;
    } finally {
      Files.delete(file);
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
