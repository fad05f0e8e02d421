package org.bitloom.report.run;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;

/**
 * The bit-planes of layers, packed: eight weights a byte, the first in the lowest bit, row by row.
 * A weight of shape {@code [out, ...]} is the matrix [out, rest]; of a layer that has too little
 * room the first rows are there.
 */
final class PlanePart {
  private static final int LARGEST = 1 << 22;

  private final Map<String, Integer> rowsOf = new LinkedHashMap<>();

  private PlanePart() {}

  /** Shares the room out: small layers are shown whole, the rest of the room is the others'. */
  static PlanePart of(BitModel model, int bytes) {
    PlanePart part = new PlanePart();
    List<BitTensor> layers = new ArrayList<>();
    for (ModelTensor tensor : model.tensors()) {
      if (tensor instanceof BitTensor bits) {
        layers.add(bits);
      }
    }
    layers.sort((one, other) -> Long.compare(bytesOf(one, rows(one)), bytesOf(other, rows(other))));
    long left = bytes;
    for (int i = 0; i < layers.size(); i++) {
      BitTensor layer = layers.get(i);
      long share = left / (layers.size() - i);
      int rows = (int) Math.min(rows(layer), share / Math.max(1, bytesOf(layer, 1)));
      part.rowsOf.put(layer.name(), rows);
      left -= bytesOf(layer, rows);
    }
    return part;
  }

  private static int rows(BitTensor layer) {
    return layer.shape().isEmpty() ? 1 : layer.shape().get(0);
  }

  private static int columns(BitTensor layer) {
    return layer.size() / rows(layer);
  }

  private static long bytesOf(BitTensor layer, int rows) {
    return ((long) rows * columns(layer) + 7) / 8 * layer.layout().depth();
  }

  /** Returns the planes of a layer, sign last; null if it has no room at all. */
  Map<String, Object> json(BitTensor layer) {
    int rows = rowsOf.getOrDefault(layer.name(), 0);
    long weights = (long) rows * columns(layer);
    if (weights == 0 || weights > LARGEST) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", (long) rows(layer));
    json.put("columns", (long) columns(layer));
    json.put("shown", (long) rows);
    List<Object> planes = new ArrayList<>();
    for (int bit = 0; bit < layer.layout().depth(); bit++) {
      planes.add(packed(layer, bit, (int) weights));
    }
    json.put("bits", planes);
    return json;
  }

  private static String packed(BitTensor layer, int bit, int weights) {
    byte[] bytes = new byte[(weights + 7) / 8];
    for (int i = 0; i < weights; i++) {
      bytes[i >>> 3] |= (byte) ((layer.code(i) >>> bit & 1) << (i & 7));
    }
    return Base64.getEncoder().encodeToString(bytes);
  }
}
