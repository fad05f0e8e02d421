package org.bitloom.model;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.bits.SignMagnitude;

/**
 * Counts what is in one parameter.
 *
 * @param name of the parameter
 * @param negative weights below 0
 * @param zero weights equal to 0, both +0 and -0
 * @param positive weights above 0
 * @param planes one per bit, least significant first, sign last; empty for float parameters
 * @param packedBytes size with every weight in exactly depth bits, rounded up, plus 4 for the
 *     scale; 4 per value for float parameters
 */
public record LayerStatistics(
    String name,
    long negative,
    long zero,
    long positive,
    List<PlaneStatistics> planes,
    long packedBytes) {

  public LayerStatistics {
    planes = List.copyOf(planes);
  }

  /** Counts the weights and bits of {@code tensor}. */
  public static LayerStatistics of(ModelTensor tensor) {
    return tensor instanceof BitTensor bits ? ofBits(bits) : ofFloats(tensor);
  }

  /** Returns the number of weights. */
  public long weights() {
    return negative + zero + positive;
  }

  /** Returns the sparsity, the share of weights that are exactly 0; 0..1. */
  public double zeroShare() {
    return (double) zero / weights();
  }

  private static LayerStatistics ofBits(BitTensor tensor) {
    int depth = tensor.layout().depth();
    long negative = 0;
    long zero = 0;
    long[] ones = new long[depth];
    for (int i = 0; i < tensor.size(); i++) {
      int code = tensor.code(i);
      if (SignMagnitude.magnitude(code, depth) == 0) {
        zero++;
      } else if (SignMagnitude.isNegative(code, depth)) {
        negative++;
      }
      for (int bit = 0; bit < depth; bit++) {
        ones[bit] += code >>> bit & 1;
      }
    }
    List<PlaneStatistics> planes = new ArrayList<>(depth);
    for (long count : ones) {
      planes.add(PlaneStatistics.of(count, tensor.size()));
    }
    long packedBytes = ((long) tensor.size() * depth + 7) / 8 + Float.BYTES;
    long positive = tensor.size() - negative - zero;
    return new LayerStatistics(tensor.name(), negative, zero, positive, planes, packedBytes);
  }

  private static LayerStatistics ofFloats(ModelTensor tensor) {
    long negative = 0;
    long zero = 0;
    for (float value : tensor.weights()) {
      if (value < 0) {
        negative++;
      } else if (value == 0) {
        zero++;
      }
    }
    long positive = tensor.size() - negative - zero;
    long packedBytes = (long) tensor.size() * Float.BYTES;
    return new LayerStatistics(tensor.name(), negative, zero, positive, List.of(), packedBytes);
  }
}
