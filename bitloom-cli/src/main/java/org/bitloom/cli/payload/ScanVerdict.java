package org.bitloom.cli.payload;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.terminal.Fold;
import org.bitloom.cli.terminal.TextWidth;
import org.bitloom.model.BitTensor;
import org.bitloom.payload.PlaneScan;

/**
 * What all planes together come to.
 *
 * @param text one sentence or two
 */
record ScanVerdict(String text) {
  private static final int COLUMNS = 80;
  private static final int SHOWN = 3;

  /**
   * Judges a model.
   *
   * @param container absent, plain, encrypted or damaged
   */
  static ScanVerdict of(String container, List<BitTensor> tensors) {
    return new ScanVerdict(
        switch (container) {
          case "plain" -> "a file lies in the free bits, and anybody can extract it";
          case "encrypted" ->
              "anybody sees that an encrypted file lies in the free bits; only its key opens it";
          case "absent" -> absent(tensors);
          default -> "anybody sees that a container lies in the free bits, " + container;
        });
  }

  private static String absent(List<BitTensor> tensors) {
    int free = 0;
    List<String> odd = new ArrayList<>();
    for (BitTensor tensor : tensors) {
      for (PlaneScan plane : PlaneScan.of(tensor)) {
        free += plane.free() ? 1 : 0;
        if (plane.free() && !plane.looksLikeNoise() && !isFirst(tensor, plane)) {
          odd.add(tensor.name() + " bit " + plane.bit());
        }
      }
    }
    if (free == 0) {
      return "no bit is free, so nothing can be carried";
    }
    if (odd.isEmpty()) {
      return Figures.format(
          "nothing to see: no container, and all %d free planes look like noise or first weights,"
              + " as they do when they hold nothing, or what does not want to be seen",
          free);
    }
    String names = String.join(", ", odd.subList(0, Math.min(SHOWN, odd.size())));
    return Figures.format(
        "no container, but %d of %d free planes are no noise (%s%s): they may hold a network or a"
            + " file of another program",
        odd.size(), free, names, odd.size() > SHOWN ? ", ..." : "");
  }

  private static boolean isFirst(BitTensor tensor, PlaneScan plane) {
    return plane.looksLikeFirstWeights(tensor.layout().magnitudeBits());
  }

  /** Returns lines that fit a terminal. */
  List<String> lines() {
    return Fold.line("verdict    " + TextWidth.clean(text), COLUMNS);
  }
}
