package org.bitloom.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.LayerRule;
import org.bitloom.cli.command.DataPlace;
import org.bitloom.data.Augmentation;
import org.bitloom.error.UsageException;
import org.bitloom.settings.DataSettings;
import org.bitloom.settings.InitFrom;
import org.bitloom.settings.Nested;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.settings.RunSettings.FloatWeights;
import org.bitloom.settings.Schedule;
import org.bitloom.update.UpdateRule;
import picocli.CommandLine.Option;

/** The options that decide what a run computes; null = not given. */
public final class TrainOptions {
  static final int DEFAULT_DEPTH = 6;
  private static final int DEFAULT_EPOCHS = 5;

  @Option(
      names = "--net",
      paramLabel = "NAME",
      description = "Network, or a TorchScript module NAME.pt (default: lenet300).")
  public String network;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      description = "Data set, or a folder of images or idx files (default: mnist).")
  public String data;

  @Option(
      names = "--bits",
      paramLabel = "N",
      description = "Bits per weight, sign included, 1..32 (default: 6).")
  public Integer depth;

  @Option(
      names = "--mask",
      paramLabel = "MASK",
      description =
          "Trained bits: topN, all, sign, or digits, sign first, 1 = trained (default: top3).")
  public String mask;

  @Option(names = "--float", description = "Train float weights, the baseline.")
  public boolean floatWeights;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = "How the bits of a weight move: coupled or independent (default: coupled).")
  public String rule;

  @Option(
      names = "--drift",
      paramLabel = "X",
      description = "Pull of the magnitudes towards 0; more gives more zeros (default: 0).")
  public Double drift;

  @Option(
      names = "--layer",
      paramLabel = "RULE",
      description =
          "Depth and mask of some layers: 'PATTERN=BITS:MASK' or 'PATTERN=float'; repeatable."
              + " Patterns: first, last, or a name of inspect with * and ?.")
  public List<String> layers = new ArrayList<>();

  @Option(
      names = "--init-from",
      paramLabel = "PATH",
      description =
          "Start from the weights of a run, a model file, another safetensors file, or the file of"
              + " --net itself.")
  public Path initFrom;

  @Option(
      names = "--nested",
      paramLabel = "MODEL",
      description = "Carry a trained network of the same shape in the frozen low bits.")
  Path nested;

  @Option(names = "--optimizer", paramLabel = "NAME", description = "adam or sgd (default: adam).")
  public String optimizer;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description = "First learning rate (default: 9e-4, sgd 0.1).")
  public Double rate;

  @Option(
      names = "--schedule",
      paramLabel = "PHASES",
      description = "Epochs and learning rates, such as 40x9e-4,40x9e-5,20x9e-6.")
  public String schedule;

  @Option(names = "--epochs", paramLabel = "N", description = "Epochs (default: 5).")
  public Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "Samples per step (default: 64).")
  public Integer batch;

  @Option(
      names = "--augment",
      paramLabel = "HOW",
      description = "Change training images: shiftN (percent), flip, shiftN+flip (default: none).")
  public String augmentation;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description = "Share of the training samples held out, 0..1 (default: 0).")
  public Double validation;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the run (default: 1).")
  public Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads (default: one per processor).")
  public Integer threads;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Use the first N training samples after the shuffle (default: all).")
  public Integer limit;

  @Option(names = "--skip-bad-images", description = DataPlace.SKIP_BAD_IMAGES)
  public boolean skipBadImages;

  /**
   * Returns the settings, with defaults where nothing was given.
   *
   * @throws IOException if a network to start from or to nest cannot be read
   */
  public RunSettings settings() throws IOException {
    return new RunSettings(
        or(network, "lenet300"),
        new DataSettings(
            or(data, "mnist"),
            or(limit, 0),
            or(validation, 0.0),
            augmentation == null ? Augmentation.NONE : Augmentation.parse(augmentation),
            skipBadImages),
        weights(),
        optimizer(),
        schedule(),
        or(batch, 64),
        or(seed, 1L),
        or(threads, Runtime.getRuntime().availableProcessors()),
        initFrom == null ? Optional.empty() : Optional.of(InitFrom.of(initFrom)),
        nested == null ? Optional.empty() : Optional.of(Nested.of(nested)),
        Optional.empty());
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private String optimizer() {
    return or(optimizer, "adam");
  }

  private RunSettings.Weights weights() {
    if (!floatWeights) {
      BitMask bitMask = mask == null ? null : BitMask.parse(mask);
      int bits = or(depth, bitMask != null && bitMask.isExplicit() ? mask.length() : DEFAULT_DEPTH);
      BitMask fitting = or(bitMask, bits < 3 ? BitMask.all() : BitMask.top(3));
      return new BitWeights(
          bits,
          fitting,
          UpdateRule.parse(or(rule, "coupled")),
          or(drift, 0.0),
          layers.stream().map(LayerRule::parse).toList());
    }
    bitOption()
        .ifPresent(
            option -> {
              throw new UsageException(
                  "--float trains no bits, so it must stand without " + option + ", got both",
                  "leave out one of the two");
            });
    return new FloatWeights();
  }

  /** Returns the first given option that only makes sense for bit-wise weights. */
  Optional<String> bitOption() {
    if (depth != null) {
      return Optional.of("--bits");
    }
    if (mask != null) {
      return Optional.of("--mask");
    }
    if (rule != null) {
      return Optional.of("--rule");
    }
    if (drift != null) {
      return Optional.of("--drift");
    }
    if (nested != null) {
      return Optional.of("--nested");
    }
    return layers.isEmpty() ? Optional.empty() : Optional.of("--layer");
  }

  private Schedule schedule() {
    if (schedule == null) {
      double first = or(rate, optimizer().equals("sgd") ? 0.1 : 9e-4);
      return Schedule.decaying(or(epochs, DEFAULT_EPOCHS), first);
    }
    if (epochs != null || rate != null) {
      throw new UsageException(
          "--schedule names the epochs and the learning rates, got "
              + (epochs != null ? "--epochs" : "--lr")
              + " too",
          "leave out one of the two");
    }
    return Schedule.parse(schedule);
  }
}
