package org.bitloom.settings;

import java.nio.file.Path;
import org.bitloom.bits.FrozenChoice;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.update.RateDecay;

/** Names a run by what people tell runs apart by. */
public final class RunName {
  private RunName() {}

  /** Returns a file name such as {@code lenet300-mnist-6-111000-coupled-seed1}. */
  public static String of(RunSettings settings) {
    String weights = settings.weights() instanceof BitWeights bits ? bits(bits) : "float";
    String network = word(settings.network()).replaceFirst("\\.pt$", "");
    String data = word(settings.data().name());
    String decay =
        settings.schedule() instanceof DecaySchedule falling
            ? "-" + (falling.decay() == RateDecay.NONE ? "constant" : falling.decay().label())
            : "";
    return network + "-" + data + "-" + weights + decay + "-seed" + settings.seed();
  }

  private static String bits(BitWeights bits) {
    String even = bits.latents().isEven() ? "-" + bits.latents().toString().replace(":", "") : "";
    String zeros = bits.zeros().isPresent() ? "-zeros" + bits.zeros().getAsDouble() : "";
    String noise = bits.frozenBits() == FrozenChoice.NOISE ? "-noise" : "";
    String mask = bits.mask().at(bits.depth()).mask();
    return bits.depth() + "-" + mask + "-" + bits.rule().label() + even + zeros + noise;
  }

  /** Makes a part of a file name from a name or the path of a file. */
  private static String word(String nameOrPath) {
    Path last = Path.of(nameOrPath).toAbsolutePath().normalize().getFileName();
    return last == null ? "data" : last.toString().replaceAll("[^A-Za-z0-9_.-]", "_");
  }
}
