package org.bitloom.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bitloom.bits.BitMask;
import org.bitloom.error.UsageException;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;
import org.bitloom.settings.RunSettings;

/**
 * Every combination of lists of choices.
 *
 * @param settings of every run, seed by seed
 * @param leftOut in words, what of the grid does not fit together
 */
public record SweepGrid(List<RunSettings> settings, List<String> leftOut) {
  private static final int DEFAULT_DEPTH = 6;

  /** The axes beside the weights, outermost first. */
  private static final List<Choice> AXES =
      List.of(
          Choice.SEED,
          Choice.NETWORK,
          Choice.DATA,
          Choice.OPTIMIZER,
          Choice.MOMENTUM,
          Choice.WEIGHT_DECAY,
          Choice.RATE,
          Choice.DECAY,
          Choice.WARMUP,
          Choice.SCHEDULE,
          Choice.EPOCHS,
          Choice.BATCH,
          Choice.AUGMENTATION,
          Choice.LIMIT);

  private static final List<Choice> OF_BITS =
      List.of(
          Choice.DEPTH,
          Choice.MASK,
          Choice.RULE,
          Choice.LATENTS,
          Choice.DRIFT,
          Choice.ZEROS,
          Choice.FROZEN_BITS,
          Choice.LAYERS);

  /** The axes of bit-wise weights beside depth and mask, outermost first. */
  private static final List<Choice> HOW =
      List.of(Choice.RULE, Choice.LATENTS, Choice.DRIFT, Choice.ZEROS, Choice.FROZEN_BITS);

  public SweepGrid {
    settings = List.copyOf(settings);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Spells a grid out.
   *
   * @param lists words of each axis, ranges such as {@code 1..5} and {@code top1..all} among them;
   *     a list that is missing or empty leaves the default
   * @param floats whether the float baseline is trained too; alone, if no list is about bits
   * @param common what all runs have in common
   * @throws UsageException if a word is none, or a combination is no run
   * @throws IOException if the network to start from cannot be read
   */
  public static SweepGrid of(Map<Choice, List<String>> lists, boolean floats, RunChoices common)
      throws IOException {
    Speller speller = new Speller(lists);
    List<List<UnaryOperator<RunChoices>>> axes = new ArrayList<>();
    AXES.forEach(axis -> axes.add(speller.axis(axis)));
    axes.add(speller.weights(floats));
    List<RunSettings> settings = new ArrayList<>();
    combine(axes, common, settings);
    return new SweepGrid(settings, List.copyOf(speller.leftOut));
  }

  private static void combine(
      List<List<UnaryOperator<RunChoices>>> axes, RunChoices chosen, List<RunSettings> settings)
      throws IOException {
    if (axes.isEmpty()) {
      settings.add(chosen.settings());
      return;
    }
    for (UnaryOperator<RunChoices> value : axes.get(0)) {
      combine(axes.subList(1, axes.size()), value.apply(chosen), settings);
    }
  }

  /** Turns words into values to choose. */
  private record Speller(Map<Choice, List<String>> lists, Set<String> leftOut) {
    Speller(Map<Choice, List<String>> lists) {
      this(lists, new LinkedHashSet<>());
    }

    private List<String> words(Choice axis) {
      return lists.getOrDefault(axis, List.of());
    }

    /** Returns a way to choose each value, or the one way to leave the default. */
    List<UnaryOperator<RunChoices>> axis(Choice axis) {
      List<UnaryOperator<RunChoices>> values = new ArrayList<>();
      for (Object value : AxisWords.values(axis, words(axis))) {
        values.add(choices -> choices.with(axis, value));
      }
      return values.isEmpty() ? List.of(UnaryOperator.identity()) : values;
    }

    List<UnaryOperator<RunChoices>> weights(boolean floats) {
      List<UnaryOperator<RunChoices>> values = new ArrayList<>();
      if (floats) {
        values.add(choices -> choices.with(Choice.FLOATS, true));
      }
      if (floats && OF_BITS.stream().allMatch(choice -> words(choice).isEmpty())) {
        return values;
      }
      for (UnaryOperator<RunChoices> how : how(HOW)) {
        for (UnaryOperator<RunChoices> bits : bits()) {
          values.add(
              choices -> how.apply(bits.apply(choices)).with(Choice.LAYERS, words(Choice.LAYERS)));
        }
      }
      return values;
    }

    /** Combines axes; the last one changes fastest. */
    private List<UnaryOperator<RunChoices>> how(List<Choice> axes) {
      if (axes.isEmpty()) {
        return List.of(UnaryOperator.identity());
      }
      List<UnaryOperator<RunChoices>> values = new ArrayList<>();
      for (UnaryOperator<RunChoices> first : axis(axes.get(0))) {
        for (UnaryOperator<RunChoices> rest : how(axes.subList(1, axes.size()))) {
          values.add(choices -> rest.apply(first.apply(choices)));
        }
      }
      return values;
    }

    private List<UnaryOperator<RunChoices>> bits() {
      List<Integer> depths = new ArrayList<>();
      AxisWords.values(Choice.DEPTH, words(Choice.DEPTH)).forEach(n -> depths.add((Integer) n));
      if (words(Choice.MASK).isEmpty()) {
        return (depths.isEmpty() ? List.of(DEFAULT_DEPTH) : depths)
            .stream().map(Speller::depth).toList();
      }
      List<UnaryOperator<RunChoices>> values = new ArrayList<>();
      for (String word : words(Choice.MASK)) {
        MaskList list = new MaskList(word);
        int usual = list.isExplicit() ? list.text().length() : DEFAULT_DEPTH;
        values.addAll(masks(list, depths.isEmpty() ? List.of(usual) : depths));
      }
      return values;
    }

    private static UnaryOperator<RunChoices> depth(int depth) {
      return choices -> choices.with(Choice.DEPTH, depth);
    }

    private List<UnaryOperator<RunChoices>> masks(MaskList list, List<Integer> depths) {
      List<UnaryOperator<RunChoices>> values = new ArrayList<>();
      for (int depth : depths) {
        List<BitMask> fitting = list.at(depth);
        if (fitting.isEmpty()) {
          leftOut.add(list + " does not fit depth " + depth);
        }
        for (BitMask mask : fitting) {
          values.add(choices -> depth(depth).apply(choices).with(Choice.MASK, mask.text()));
        }
      }
      if (values.isEmpty()) {
        throw new UsageException(
            "every mask must fit one of the depths " + depths + ", got " + list,
            "change --masks or --bits");
      }
      return values;
    }
  }
}
