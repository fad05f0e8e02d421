package org.bitloom.cli.train;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.terminal.Curve;
import org.bitloom.cli.terminal.Fold;
import org.bitloom.cli.terminal.Letters;
import org.bitloom.cli.terminal.Screen;
import org.bitloom.run.EpochMetrics;
import org.bitloom.run.EpochResult;
import org.bitloom.run.Progress.BatchProgress;
import org.bitloom.update.ParameterSpec;

/** What is shown of a run between two of its lines: where it stands, against what it came to. */
final class LiveEpoch {
  private static final int CURVE = 8;

  private final Curve losses = new Curve();
  private long trainedBits;
  private int epoch;
  private int batch;
  private double lossSum;
  private double best = Double.NaN;
  private EpochMetrics last;

  /** Takes in what is trained: bits that flip are a share of these. */
  void trains(List<ParameterSpec> parameters) {
    trainedBits =
        parameters.stream()
            .filter(ParameterSpec::isBitwise)
            .mapToLong(p -> (long) p.size() * Integer.bitCount(p.layout().orElseThrow().trained()))
            .sum();
  }

  /** Takes in an epoch that ended. */
  void ended(EpochMetrics metrics) {
    last = metrics;
    double accuracy = metrics.result().decisive().accuracy();
    best = Double.isNaN(best) ? accuracy : Math.max(best, accuracy);
  }

  /** Takes in where the run stands, and returns what is shown of it. */
  Screen.LiveText at(BatchProgress at, Letters letters) {
    addLoss(at);
    List<String> pieces = new ArrayList<>();
    pieces.add("epoch " + at.epoch() + "/" + at.epochs());
    pieces.add(right(at.batch(), at.batches()) + "/" + at.batches());
    pieces.add(
        Figures.format("loss %.4f %s", at.loss(), losses.text(CURVE, letters)).stripTrailing());
    pieces.add("train " + Figures.percent(at.accuracy()));
    pieces.add(Figures.duration(at.secondsLeft()) + " left");
    addLast(pieces);
    pieces.add(Figures.format("%.0f images/s", at.imagesPerSecond()));
    return window -> Fold.pieces(pieces, window.columns() - 1);
  }

  /** Adds the loss of the steps since the last report; {@code at} has the mean of the epoch. */
  private void addLoss(BatchProgress at) {
    if (at.epoch() != epoch || at.batch() <= batch) {
      epoch = at.epoch();
      batch = 0;
      lossSum = 0;
    }
    double sum = at.loss() * at.batch();
    losses.add((sum - lossSum) / Math.max(1, at.batch() - batch));
    batch = at.batch();
    lossSum = sum;
  }

  private void addLast(List<String> pieces) {
    if (last == null) {
      return;
    }
    EpochResult result = last.result();
    double accuracy = result.decisive().accuracy();
    pieces.add(
        (result.validation().isPresent() ? "validation " : "test ")
            + Figures.percent(accuracy)
            + (accuracy < best ? " (best " + Figures.percent(best) + ")" : " (best)"));
    flips().ifPresent(share -> pieces.add("flips " + Figures.percent(share)));
    pieces.add("zeros " + Figures.percent(result.weights().zeroShare()));
  }

  /** Returns the share of the trained bits that changed in the last epoch. */
  private OptionalDouble flips() {
    long flips = last.flips().stream().mapToLong(Long::longValue).sum();
    return trainedBits == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) flips / trainedBits);
  }

  /** Prints a count as wide as the last one, so that what follows does not jump. */
  private static String right(int count, int of) {
    return Figures.format("%" + String.valueOf(of).length() + "d", count);
  }
}
