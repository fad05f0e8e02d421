package org.bitloom.cli.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.FrozenChoice;
import org.bitloom.cli.command.Figures;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.settings.Typed;
import org.bitloom.sweep.MaskName;

/**
 * What a run says of itself when it begins.
 *
 * @param folder of the run
 * @param firstEpoch above 1 if it goes on
 */
record FirstLines(RunSettings settings, Path folder, int firstEpoch) {
  /**
   * Returns the lines.
   *
   * @param searched whether programs read them: then it is one, with the mask in digits
   */
  List<String> of(boolean searched) {
    if (firstEpoch > settings.schedule().epochs()) {
      return finished();
    }
    return searched ? List.of(plain()) : read();
  }

  private List<String> finished() {
    int epochs = settings.schedule().epochs();
    return List.of(
        "finished before: "
            + (epochs == 1 ? "the epoch" : "all " + epochs + " epochs")
            + " of "
            + network()
            + " are trained, in "
            + folder,
        "to train on, start a new run from it: " + trainOn());
  }

  private String trainOn() {
    StringBuilder words = new StringBuilder("./bitloom train --init-from ");
    words.append(Figures.shellWord(folder));
    words.append(" --net ").append(Figures.shellWord(settings.network()));
    words.append(" --data ").append(Figures.shellWord(settings.data().name()));
    if (settings.weights() instanceof BitWeights bits) {
      String mask = MaskName.of(bits.mask().at(bits.depth()));
      words.append(" --bits ").append(bits.depth()).append(" --mask ").append(mask);
    } else {
      words.append(" --float");
    }
    return words.append(" --epochs N").toString();
  }

  private String plain() {
    return what()
        + ", "
        + weights(BitLayout::mask)
        + ", "
        + String.join(", ", how())
        + ", in "
        + folder;
  }

  private List<String> read() {
    return List.of(
        what() + ", " + weights(FirstLines::named),
        "  " + String.join(", ", how()),
        "  in " + folder);
  }

  private String what() {
    String verb = firstEpoch > 1 ? "going on with epoch " + firstEpoch + " of " : "training ";
    return verb + network();
  }

  private String network() {
    return settings.network() + " on " + settings.data().name();
  }

  private static String named(BitLayout layout) {
    String bits = layout.depth() == 1 ? " of 1 bit," : " of " + layout.depth() + " bits,";
    return MaskName.of(layout) + bits;
  }

  private String weights(Function<BitLayout, String> mask) {
    if (!(settings.weights() instanceof BitWeights bits)) {
      return "float";
    }
    String even = bits.latents().isEven() ? " latents " + bits.latents() : "";
    String drift = bits.drift() == 0 ? "" : " drift " + Typed.number(bits.drift());
    String zeros =
        bits.zeros().isPresent() ? " zeros " + Typed.number(bits.zeros().getAsDouble()) : "";
    String layout = mask.apply(bits.mask().at(bits.depth()));
    String noise = bits.frozenBits() == FrozenChoice.NOISE ? " frozen noise" : "";
    return layout + " " + bits.rule().label() + even + drift + zeros + noise;
  }

  private List<String> how() {
    List<String> how = new ArrayList<>();
    how.add(settings.optimizer() + " " + settings.schedule().typed());
    how.add("batch " + settings.batch());
    how.add("seed " + settings.seed());
    settings.initFrom().ifPresent(from -> how.add("from " + from.path()));
    settings.nested().ifPresent(model -> how.add("around " + model.path()));
    settings.payload().ifPresent(load -> how.add("carrying " + load.path()));
    return how;
  }
}
