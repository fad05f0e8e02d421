package org.bitloom.payload;

import java.util.List;
import org.bitloom.bits.BitLayout;
import org.bitloom.model.BitTensor;

/**
 * Describes a bit-wise parameter as a place for payload; its bits need not exist yet.
 *
 * @param name of the parameter in its network
 * @param shape dimensions, each at least 1; at most 2^31-1 weights in all
 * @param layout depth and trained bits of every weight; the other bits are free
 */
public record CarrierTensor(String name, List<Integer> shape, BitLayout layout) {
  public CarrierTensor {
    shape = List.copyOf(shape);
    long weights = 1;
    for (int dimension : shape) {
      weights = dimension < 1 ? -1 : weights * dimension;
      if (weights < 1 || weights > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            name + " must have dimensions of at least 1 and 1..2147483647 weights, got " + shape);
      }
    }
  }

  /** Describes a finished parameter. */
  public static CarrierTensor of(BitTensor tensor) {
    return new CarrierTensor(tensor.name(), tensor.shape(), tensor.layout());
  }

  /** Returns the number of weights, the product of the shape. */
  public int weights() {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  /** Returns how many bits of payload fit. */
  public long freeBits() {
    return (long) weights() * layout.frozenBits().length;
  }

  /** Returns the bits of all weights, trained and free. */
  public long allBits() {
    return (long) weights() * layout.depth();
  }
}
