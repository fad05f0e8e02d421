package org.bitloom.cli.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.cli.command.ImageOptions;
import org.bitloom.cli.command.InputOption;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that decide what a run computes; null = not given. */
final class TrainOptions {

  @Option(
      names = "--net",
      paramLabel = "NAME",
      description = "Network, or a TorchScript module NAME.pt (default: lenet300).")
  private String network;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      description = "Data set, or a folder of images or idx files (default: mnist).")
  private String data;

  @Option(
      names = "--bits",
      paramLabel = "N",
      description = "Bits per weight, sign included, 1..32 (default: 6).")
  private Integer depth;

  @Option(
      names = "--mask",
      paramLabel = "MASK",
      description =
          "Trained bits: topN, all, sign, or digits, sign first, 1 = trained (default: top3).")
  private String mask;

  @Option(names = "--float", description = "Train float weights, the baseline.")
  private boolean floatWeights;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = "How the bits of a weight move: coupled or independent (default: coupled).")
  private String rule;

  @Option(
      names = "--drift",
      paramLabel = "X",
      description = "Pull of the magnitudes towards 0; more gives more zeros (default: 0).")
  private Double drift;

  @Option(
      names = "--zeros",
      paramLabel = "SHARE",
      description = "Share of zero weights wanted, in place of --drift, which is steered to it.")
  private Double zeros;

  @Option(
      names = "--latents",
      paramLabel = "HOW",
      description =
          "First latents: paper (smaller in wide layers), or even[:C], deviation C in all layers"
              + " (default: paper; C 0.05).")
  private String latents;

  @Option(
      names = "--layer",
      paramLabel = "RULE",
      description =
          "Depth and mask of some layers: 'PATTERN=BITS:MASK' or 'PATTERN=float'; repeatable."
              + " Patterns: first, last, or a name of inspect with * and ?.")
  private List<String> layers = new ArrayList<>();

  @Option(
      names = "--init-from",
      paramLabel = "PATH",
      description =
          "Start from the weights of a run, a model file, another safetensors file, or the file of"
              + " --net itself.")
  private Path initFrom;

  @Option(
      names = "--frozen-bits",
      paramLabel = "HOW",
      description =
          "Frozen bits where --init-from gives the weights: rounded (their low bits), or noise,"
              + " which leaves them free (default: rounded; with --payload the payload).")
  private String frozenBits;

  @Option(
      names = "--nested",
      paramLabel = "MODEL",
      description = "Carry a trained network of the same shape in the frozen low bits.")
  private Path nested;

  @Option(names = "--optimizer", paramLabel = "NAME", description = "adam or sgd (default: adam).")
  private String optimizer;

  @Option(
      names = "--momentum",
      paramLabel = "X",
      description = "Momentum of sgd, 0 to below 1 (default: 0.9).")
  private Double momentum;

  @Option(names = "--nesterov", description = "Nesterov's momentum for sgd.")
  private boolean nesterov;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description =
          "Decay of what is trained as floats; bits have none. With sgd part of the gradient, with"
              + " adam decoupled (default: 0).")
  private Double weightDecay;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description = "First learning rate, or highest with --decay (default: 9e-4, sgd 0.1).")
  private Double rate;

  @Option(
      names = "--decay",
      paramLabel = "HOW",
      description =
          "Change the rate every step: none (constant), linear or cosine to 0 (default: a tenth"
              + " after 60 %% of the epochs, a hundredth after 80 %%).")
  private String decay;

  @Option(
      names = "--warmup",
      paramLabel = "EPOCHS",
      description = "Epochs of a linear rise before --decay (default: 0).")
  private Double warmup;

  @Option(
      names = "--schedule",
      paramLabel = "PHASES",
      description = "Epochs and learning rates, such as 40x9e-4,40x9e-5,20x9e-6.")
  private String schedule;

  @Option(names = "--epochs", paramLabel = "N", description = "Epochs (default: 5).")
  private Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "Samples per step (default: 64).")
  private Integer batch;

  @Option(
      names = "--augment",
      paramLabel = "HOW",
      description =
          "Change training images: shiftN (percent, edges repeated), cropN (pixels, zeros around),"
              + " flip, shiftN+flip, cropN+flip (default: none).")
  private String augmentation;

  @Mixin private InputOption input = new InputOption();

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description = "Share of the training samples held out, 0..1 (default: 0).")
  private Double validation;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the run (default: 1).")
  private Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads (default: one per processor).")
  private Integer threads;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Use the first N training samples after the shuffle (default: all).")
  private Integer limit;

  @Mixin private ImageOptions images = new ImageOptions();

  /** Returns the place of the data, if one was given. */
  Optional<String> data() {
    return Optional.ofNullable(data);
  }

  /** Returns the place of the network to start from, if one was given. */
  Optional<Path> initFrom() {
    return Optional.ofNullable(initFrom);
  }

  /** Returns what was given. */
  RunChoices choices() {
    RunChoices chosen =
        RunChoices.none()
            .with(Choice.NETWORK, network)
            .with(Choice.DATA, data)
            .with(Choice.DEPTH, depth)
            .with(Choice.MASK, mask)
            .with(Choice.FLOATS, floatWeights)
            .with(Choice.RULE, rule)
            .with(Choice.DRIFT, drift)
            .with(Choice.ZEROS, zeros)
            .with(Choice.LATENTS, latents)
            .with(Choice.LAYERS, layers)
            .with(Choice.INIT_FROM, initFrom)
            .with(Choice.FROZEN_BITS, frozenBits)
            .with(Choice.NESTED, nested)
            .with(Choice.OPTIMIZER, optimizer)
            .with(Choice.MOMENTUM, momentum)
            .with(Choice.NESTEROV, nesterov)
            .with(Choice.WEIGHT_DECAY, weightDecay)
            .with(Choice.RATE, rate)
            .with(Choice.DECAY, decay)
            .with(Choice.WARMUP, warmup)
            .with(Choice.SCHEDULE, schedule)
            .with(Choice.EPOCHS, epochs)
            .with(Choice.BATCH, batch)
            .with(Choice.AUGMENTATION, augmentation)
            .with(Choice.INPUT, input.word())
            .with(Choice.VALIDATION, validation)
            .with(Choice.SEED, seed)
            .with(Choice.THREADS, threads)
            .with(Choice.LIMIT, limit);
    return images.addTo(chosen);
  }
}
