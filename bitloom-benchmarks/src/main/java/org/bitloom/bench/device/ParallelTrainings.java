package org.bitloom.bench.device;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.bits.BitMask;
import org.bitloom.data.Augmentation;
import org.bitloom.session.batch.Prefetch;
import org.bitloom.settings.RunSettings;
import org.bitloom.update.UpdateRule;

/** Counts the images per second of processes that train on one device at once. */
final class ParallelTrainings {
  /** The part that a child runs. */
  static final String CHILD = "child";

  private static final int WARM_UP = 20;
  private static final int QUICK_WARM_UP = 2;
  private static final int BATCHES = 20_000;
  private static final int IMAGES = 4096;
  private static final int STEPS_PER_LOOK = 10;
  private static final double NANO = 1e-9;
  private static final int EPOCH = 50_000;

  private ParallelTrainings() {}

  static void run(DeviceOptions options, Rows rows) throws IOException {
    double alone = 0;
    for (int count : options.processes()) {
      double rate = rate(options, count);
      alone = count == 1 ? rate : alone;
      rows.row(
          "parallel",
          Rows.text("%d x resnet20, batch %d", count, options.batch()),
          Rows.text("%.0f images/s", rate),
          Rows.text(
              "%.2f times one; %.2f s for %d images in each process",
              rate / alone, count * EPOCH / rate, EPOCH));
    }
  }

  private static double rate(DeviceOptions options, int count) throws IOException {
    List<TrainingChild> children = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        children.add(TrainingChild.start(options));
      }
      for (TrainingChild child : children) {
        child.awaitReady();
      }
      for (TrainingChild child : children) {
        child.go();
      }
      double rate = 0;
      for (TrainingChild child : children) {
        rate += child.rate();
      }
      return rate;
    } finally {
      children.forEach(TrainingChild::close);
    }
  }

  /** Trains as a child: says when it is ready, waits for a line, and prints images per second. */
  static void train(DeviceOptions options, PrintStream out) throws IOException {
    RunSettings.Weights weights =
        new RunSettings.BitWeights(6, BitMask.parse("top3"), UpdateRule.COUPLED, 0);
    try (DeviceTraining training =
            new DeviceTraining(
                "resnet20", weights, MadeUpImages.of(IMAGES), options.engineDevice());
        Prefetch batches =
            training.batches(options.batch(), BATCHES, Augmentation.parse("shift10+flip"))) {
      steps(training, batches, options.quick() ? QUICK_WARM_UP : WARM_UP);
      out.println(TrainingChild.READY);
      out.flush();
      if (System.in.read() < 0) {
        return; // the parent has ended
      }
      int each = options.isGpu() ? STEPS_PER_LOOK : 1;
      long begin = System.nanoTime();
      long images = 0;
      do {
        steps(training, batches, each);
        images += (long) each * options.batch();
      } while ((System.nanoTime() - begin) * NANO < options.seconds());
      out.println(images / ((System.nanoTime() - begin) * NANO));
      out.flush();
    }
  }

  private static void steps(DeviceTraining training, Prefetch batches, int count) {
    for (int i = 0; i < count; i++) {
      training.session().step(batches.next(), i);
    }
    training.session().seen();
  }
}
