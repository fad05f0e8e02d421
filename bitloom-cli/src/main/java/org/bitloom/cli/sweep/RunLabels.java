package org.bitloom.cli.sweep;

import java.util.List;
import org.bitloom.cli.command.Figures;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.sweep.MaskName;
import org.bitloom.sweep.VariedSettings;

/** Names the runs of a sweep by what people tell them apart by: bits, mask, what differs, seed. */
final class RunLabels {
  private final VariedSettings varied;
  private final int bitsWidth;
  private final int maskWidth;
  private final int seedWidth;
  private final int othersWidth;

  RunLabels(List<RunSettings> runs) {
    varied = VariedSettings.of(runs);
    bitsWidth = runs.stream().mapToInt(run -> bits(run).length()).max().orElse(0);
    maskWidth = runs.stream().mapToInt(run -> mask(run).length()).max().orElse(0);
    seedWidth = runs.stream().mapToInt(run -> seed(run).length()).max().orElse(0);
    othersWidth = runs.stream().mapToInt(run -> varied.group(run).length()).max().orElse(0);
  }

  /** Returns a name such as {@code 8 bits top3 seed 2}; those of a sweep are equally long. */
  String of(RunSettings run) {
    String name = layout(run) + "  " + padded(seed(run), seedWidth);
    return othersWidth == 0 ? name : name + "  " + padded(varied.group(run), othersWidth);
  }

  /** Returns what runs that differ in the seed only have in common. */
  String group(RunSettings run) {
    String others = varied.group(run);
    return (layout(run) + (others.isEmpty() ? "" : "  " + others)).stripTrailing();
  }

  /** Returns what all runs have in common. */
  String common(RunSettings any) {
    return String.join(
        ", ",
        List.of("network", "data", "rule", "optimizer", "schedule", "batch").stream()
            .filter(name -> !varied.ofAll().contains(name) && !varied.ofBits().contains(name))
            .map(name -> named(name, VariedSettings.value(name, any)))
            .toList());
  }

  private static String named(String name, String value) {
    return name.equals("batch") ? name + " " + value : value;
  }

  private String layout(RunSettings run) {
    return padded(bits(run), bitsWidth) + " " + padded(mask(run), maskWidth);
  }

  private static String seed(RunSettings run) {
    return "seed " + run.seed();
  }

  private static String bits(RunSettings run) {
    if (!(run.weights() instanceof BitWeights bits)) {
      return "floats";
    }
    return bits.depth() == 1 ? "1 bit" : bits.depth() + " bits";
  }

  private static String mask(RunSettings run) {
    return run.weights() instanceof BitWeights bits
        ? MaskName.of(bits.mask().at(bits.depth()))
        : "";
  }

  private static String padded(String text, int width) {
    return width == 0 ? text : Figures.format("%-" + width + "s", text);
  }
}
