package org.bitloom.cli.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bitloom.cli.command.ImageOptions;
import org.bitloom.cli.command.InputOption;
import org.bitloom.error.UsageException;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;
import org.bitloom.sweep.SweepGrid;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a sweep: lists of what {@code train} takes one of. */
final class SweepOptions {
  @Option(
      names = {"--nets", "--net"},
      split = ",",
      paramLabel = "NAME",
      description = "Networks (default: lenet300).")
  private List<String> networks = List.of();

  @Option(
      names = "--data",
      split = ",",
      paramLabel = "NAME",
      description = "Data sets (default: mnist).")
  private List<String> data = List.of();

  @Option(
      names = "--bits",
      split = ",",
      paramLabel = "N",
      description = "Bit depths, such as 2,4..6,32 (default: 6).")
  private List<String> depths = List.of();

  @Option(
      names = {"--masks", "--mask"},
      split = ",",
      paramLabel = "MASKS",
      description =
          "Trained bits: topN, bottomN, all, sign, digits, ranges top1..top4 or top1..all, single"
              + " (each bit alone), every (all masks of a small depth). What does not fit a depth"
              + " is left out there (default: top3).")
  private List<String> masks = List.of();

  @Option(names = "--float", description = "Add the float baseline; alone: nothing else.")
  private boolean floats;

  @Option(
      names = {"--rules", "--rule"},
      split = ",",
      paramLabel = "RULE",
      description = "coupled, independent (default: coupled).")
  private List<String> rules = List.of();

  @Option(
      names = "--drift",
      split = ",",
      paramLabel = "X",
      description = "Pulls of the magnitudes towards 0 (default: 0).")
  private List<String> drifts = List.of();

  @Option(
      names = "--zeros",
      split = ",",
      paramLabel = "SHARE",
      description = "Shares of zero weights wanted, in place of --drift, as in train.")
  private List<String> zeros = List.of();

  @Option(
      names = "--latents",
      split = ",",
      paramLabel = "HOW",
      description = "First latents: paper, even, even:C (default: paper).")
  private List<String> latents = List.of();

  @Option(
      names = "--layer",
      paramLabel = "RULE",
      description = "Depth and mask of some layers in all runs, as in train; repeatable.")
  private List<String> layers = new ArrayList<>();

  @Option(
      names = {"--seeds", "--seed"},
      split = ",",
      paramLabel = "N",
      description = "Seeds, such as 1..5 (default: 1).")
  private List<String> seeds = List.of();

  @Option(
      names = "--optimizer",
      split = ",",
      paramLabel = "NAME",
      description = "adam, sgd (default: adam).")
  private List<String> optimizers = List.of();

  @Option(
      names = "--momentum",
      split = ",",
      paramLabel = "X",
      description = "Momenta of sgd (default: 0.9).")
  private List<String> momenta = List.of();

  @Option(names = "--nesterov", description = "Nesterov's momentum for sgd in all runs.")
  private boolean nesterov;

  @Option(
      names = "--weight-decay",
      split = ",",
      paramLabel = "X",
      description = "Decays of what is trained as floats (default: 0).")
  private List<String> weightDecays = List.of();

  @Option(
      names = "--lr",
      split = ",",
      paramLabel = "RATE",
      description = "First learning rates (default: 9e-4, sgd 0.1).")
  private List<String> rates = List.of();

  @Option(
      names = "--decay",
      split = ",",
      paramLabel = "HOW",
      description = "Change the rate every step: none, linear, cosine; as in train.")
  private List<String> decays = List.of();

  @Option(
      names = "--warmup",
      split = ",",
      paramLabel = "EPOCHS",
      description = "Epochs of a linear rise before --decay (default: 0).")
  private List<String> warmups = List.of();

  @Option(
      names = "--schedule",
      paramLabel = "PHASES",
      description = "Epochs and learning rates, such as 3x9e-4,1x9e-5; repeatable.")
  private List<String> schedules = List.of();

  @Option(
      names = "--epochs",
      split = ",",
      paramLabel = "N",
      description = "Numbers of epochs (default: 5).")
  private List<String> epochs = List.of();

  @Option(
      names = "--batch",
      split = ",",
      paramLabel = "N",
      description = "Samples per step (default: 64).")
  private List<String> batches = List.of();

  @Option(
      names = "--augment",
      split = ",",
      paramLabel = "HOW",
      description = "none, shiftN (percent), cropN (pixels), flip, shiftN+flip, cropN+flip.")
  private List<String> augmentations = List.of();

  @Option(
      names = "--limit",
      split = ",",
      paramLabel = "N",
      description = "Use the first N training samples after the shuffle (default: all).")
  private List<String> limits = List.of();

  @Mixin private InputOption input = new InputOption();

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description = "Share of the training samples held out, 0..1 (default: 0).")
  private Double validation;

  @Option(
      names = "--init-from",
      paramLabel = "PATH",
      description = "Start all runs from the weights of a run or a file, as in train.")
  private Path initFrom;

  @Option(
      names = "--frozen-bits",
      split = ",",
      paramLabel = "HOW",
      description = "Frozen bits where --init-from gives the weights: rounded, noise.")
  private List<String> frozenBits = List.of();

  @Option(names = "--threads", paramLabel = "N", description = "Threads of one run (default: 1).")
  int threads = 1;

  @Mixin private ImageOptions images = new ImageOptions();

  /**
   * Spells the lists out.
   *
   * @throws UsageException if the grid is empty or a combination is no run
   * @throws IOException if the network to start from cannot be read
   */
  SweepGrid grid() throws IOException {
    Map<Choice, List<String>> lists = new EnumMap<>(Choice.class);
    lists.put(Choice.SEED, seeds);
    lists.put(Choice.NETWORK, networks);
    lists.put(Choice.DATA, data);
    lists.put(Choice.OPTIMIZER, optimizers);
    lists.put(Choice.MOMENTUM, momenta);
    lists.put(Choice.WEIGHT_DECAY, weightDecays);
    lists.put(Choice.RATE, rates);
    lists.put(Choice.DECAY, decays);
    lists.put(Choice.WARMUP, warmups);
    lists.put(Choice.SCHEDULE, schedules);
    lists.put(Choice.EPOCHS, epochs);
    lists.put(Choice.BATCH, batches);
    lists.put(Choice.AUGMENTATION, augmentations);
    lists.put(Choice.LIMIT, limits);
    lists.put(Choice.DEPTH, depths);
    lists.put(Choice.MASK, masks);
    lists.put(Choice.RULE, rules);
    lists.put(Choice.DRIFT, drifts);
    lists.put(Choice.ZEROS, zeros);
    lists.put(Choice.LATENTS, latents);
    lists.put(Choice.FROZEN_BITS, frozenBits);
    lists.put(Choice.LAYERS, layers);
    RunChoices common =
        RunChoices.none()
            .with(Choice.THREADS, threads)
            .with(Choice.INPUT, input.word())
            .with(Choice.NESTEROV, nesterov)
            .with(Choice.VALIDATION, validation)
            .with(Choice.INIT_FROM, initFrom);
    return SweepGrid.of(lists, floats, images.addTo(common));
  }
}
