package org.bitloom.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bitloom.bits.SignMagnitude;
import org.bitloom.io.PackedFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;

/** Writes packed networks, and says what is not in them. */
final class PackedExport {
  /** What must be known of the training to use a network: its images, and its module. */
  private static final Set<String> USED_FACTS =
      Set.of("data", "resize", "range", "split", "networkSha256");

  private PackedExport() {}

  /** Writes what computes. */
  static List<String> write(BitModel model, Path target) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>(model.provenance());
    facts.keySet().retainAll(USED_FACTS);
    BitModel kept = new BitModel(model.architecture(), model.task(), model.tensors(), facts);
    List<String> remarks = remarks(PackedFile.write(target, kept, false), model);
    List<String> leftOut = new ArrayList<>();
    long signs = model.tensors().stream().mapToLong(PackedExport::lostSigns).sum();
    if (signs > 0) {
      leftOut.add(String.format(Locale.ROOT, "the signs of %,d negative zeros", signs));
    }
    if (facts.size() < model.provenance().size()) {
      leftOut.add("where the network came from");
    }
    model.inner().ifPresent(inner -> leftOut.add("what reads its low bits as " + inner.network()));
    if (!leftOut.isEmpty()) {
      remarks.add("left out, as it computes nothing: " + String.join(", ", leftOut));
      remarks.add("--lossless keeps it");
    }
    return remarks;
  }

  /** Writes everything. */
  static List<String> writeAll(BitModel model, Path target) throws IOException {
    return remarks(PackedFile.write(target, model, true), model);
  }

  private static List<String> remarks(PackedFile.Content content, BitModel model) {
    long weights = 0;
    long bytes = 0;
    long frozen = 0;
    for (ModelTensor tensor : model.tensors()) {
      if (tensor instanceof BitTensor bits) {
        weights += bits.size();
        bytes += bytes(content, bits.name());
        frozen += (long) bits.size() * bits.layout().frozenBits().length;
      }
    }
    List<String> remarks = new ArrayList<>();
    if (weights > 0) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "%,d weights in %,d bytes, %.2f bits each",
              weights,
              bytes,
              8.0 * bytes / weights));
    }
    if (frozen > 0) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "all %,d frozen bits are in it; noise and payloads cannot be made smaller than %,d"
                  + " bytes",
              frozen,
              (frozen + 7) / 8));
    }
    return remarks;
  }

  private static long bytes(PackedFile.Content content, String name) {
    return content.parts().stream()
        .filter(part -> part.name().equals(name))
        .mapToLong(PackedFile.Part::bytes)
        .sum();
  }

  private static long lostSigns(ModelTensor tensor) {
    if (!(tensor instanceof BitTensor bits) || !bits.layout().signTrained()) {
      return 0;
    }
    int depth = bits.layout().depth();
    long lost = 0;
    for (int i = 0; i < bits.size(); i++) {
      boolean zero = SignMagnitude.magnitude(bits.code(i), depth) == 0;
      lost += zero && SignMagnitude.isNegative(bits.code(i), depth) ? 1 : 0;
    }
    return lost;
  }
}
