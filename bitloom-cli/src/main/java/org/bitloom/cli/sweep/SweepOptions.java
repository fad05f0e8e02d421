package org.bitloom.cli.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.bitloom.bits.BitMask;
import org.bitloom.cli.command.DataPlace;
import org.bitloom.cli.train.TrainOptions;
import org.bitloom.error.UsageException;
import org.bitloom.settings.RunSettings;
import org.bitloom.sweep.MaskList;
import picocli.CommandLine.Option;

/**
 * The options of a sweep: lists of what {@code train} takes one of. Each combination is handed to
 * the options of {@code train}, so both have the same defaults and the same errors.
 */
final class SweepOptions {
  private static final int DEFAULT_DEPTH = 6;

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
      names = "--lr",
      split = ",",
      paramLabel = "RATE",
      description = "First learning rates (default: 9e-4, sgd 0.1).")
  private List<String> rates = List.of();

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
      description = "none, shiftN (percent), flip, shiftN+flip (default: none).")
  private List<String> augmentations = List.of();

  @Option(
      names = "--limit",
      split = ",",
      paramLabel = "N",
      description = "Use the first N training samples after the shuffle (default: all).")
  private List<String> limits = List.of();

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

  @Option(names = "--threads", paramLabel = "N", description = "Threads of one run (default: 1).")
  int threads = 1;

  @Option(names = "--skip-bad-images", description = DataPlace.SKIP_BAD_IMAGES)
  private boolean skipBadImages;

  private final Set<String> leftOut = new LinkedHashSet<>();

  /** One way to fill in a part of the options of train. */
  private interface Choice {
    void fill(TrainOptions options);
  }

  /**
   * Returns the settings of every run, seed by seed.
   *
   * @throws UsageException if the grid is empty or a combination is no run
   * @throws IOException if the network to start from cannot be read
   */
  List<RunSettings> settings() throws IOException {
    List<List<Choice>> axes =
        List.of(
            axis("seeds", seeds, Long::valueOf, (o, seed) -> o.seed = seed),
            words(networks, (o, network) -> o.network = network),
            words(data, (o, name) -> o.data = name),
            words(optimizers, (o, optimizer) -> o.optimizer = optimizer),
            axis("lr", rates, Double::valueOf, (o, rate) -> o.rate = rate),
            words(schedules, (o, schedule) -> o.schedule = schedule),
            axis("epochs", epochs, Integer::valueOf, (o, count) -> o.epochs = count),
            axis("batch", batches, Integer::valueOf, (o, batch) -> o.batch = batch),
            words(augmentations, (o, how) -> o.augmentation = how),
            axis("limit", limits, Integer::valueOf, (o, limit) -> o.limit = limit),
            weights());
    List<RunSettings> settings = new ArrayList<>();
    combine(axes, new ArrayList<>(), settings);
    return settings;
  }

  /** Returns in words what of the grid does not fit together and was left out. */
  List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  private void combine(List<List<Choice>> axes, List<Choice> chosen, List<RunSettings> settings)
      throws IOException {
    if (chosen.size() == axes.size()) {
      TrainOptions options = new TrainOptions();
      options.threads = threads;
      options.validation = validation;
      options.initFrom = initFrom;
      options.skipBadImages = skipBadImages;
      chosen.forEach(choice -> choice.fill(options));
      settings.add(options.settings());
      return;
    }
    for (Choice choice : axes.get(chosen.size())) {
      List<Choice> more = new ArrayList<>(chosen);
      more.add(choice);
      combine(axes, more, settings);
    }
  }

  private List<Choice> weights() {
    List<Choice> choices = new ArrayList<>();
    if (floats) {
      choices.add(options -> options.floatWeights = true);
    }
    boolean bitsAsked =
        !(depths.isEmpty() && masks.isEmpty() && rules.isEmpty() && drifts.isEmpty());
    if (floats && !bitsAsked && layers.isEmpty()) {
      return choices;
    }
    for (Choice rule : words(rules, (o, word) -> o.rule = word)) {
      for (Choice drift : axis("drift", drifts, Double::valueOf, (o, x) -> o.drift = x)) {
        for (Choice bits : bits()) {
          choices.add(
              options -> {
                bits.fill(options);
                rule.fill(options);
                drift.fill(options);
                options.layers = layers;
              });
        }
      }
    }
    return choices;
  }

  private List<Choice> bits() {
    List<Integer> known = SweepList.numbers("bits", depths, Integer::valueOf);
    List<Choice> choices = new ArrayList<>();
    List<MaskList> lists = masks.isEmpty() ? List.of() : masks.stream().map(MaskList::new).toList();
    if (lists.isEmpty()) {
      (known.isEmpty() ? List.of(DEFAULT_DEPTH) : known)
          .forEach(depth -> choices.add(options -> options.depth = depth));
    }
    for (MaskList list : lists) {
      List<Integer> depthsOfList =
          known.isEmpty()
              ? List.of(list.isExplicit() ? list.text().length() : DEFAULT_DEPTH)
              : known;
      boolean fits = false;
      for (int depth : depthsOfList) {
        List<BitMask> fitting = list.at(depth);
        fits |= !fitting.isEmpty();
        if (fitting.isEmpty()) {
          leftOut.add(list + " does not fit depth " + depth);
        }
        for (BitMask mask : fitting) {
          choices.add(
              options -> {
                options.depth = depth;
                options.mask = mask.text();
              });
        }
      }
      if (!fits) {
        throw new UsageException(
            "every mask must fit one of the depths " + depthsOfList + ", got " + list,
            "change --masks or --bits");
      }
    }
    return choices;
  }

  private static List<Choice> words(List<String> words, BiConsumer<TrainOptions, String> setter) {
    return choices(words, setter);
  }

  private static <T> List<Choice> axis(
      String name,
      List<String> words,
      Function<String, T> number,
      BiConsumer<TrainOptions, T> setter) {
    return choices(SweepList.numbers(name, words, number), setter);
  }

  /** Returns a choice for each value, or the one choice to leave the default. */
  private static <T> List<Choice> choices(List<T> values, BiConsumer<TrainOptions, T> setter) {
    if (values.isEmpty()) {
      return List.of(options -> {});
    }
    return values.stream().map(value -> (Choice) o -> setter.accept(o, value)).toList();
  }
}
