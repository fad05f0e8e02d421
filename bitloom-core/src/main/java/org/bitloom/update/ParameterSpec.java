package org.bitloom.update;

import java.util.List;
import java.util.Optional;
import org.bitloom.bits.BitLayout;

/**
 * A parameter to train: what a backend must know to allocate its state.
 *
 * @param name of the parameter, unique in the network; names its random stream
 * @param shape its dimensions, each at least 1; none = a single number
 * @param fanIn inputs per output unit, at least 1; what initial bits are drawn for
 * @param layout depth and trained bits of a bit-wise parameter; empty = trained as floats
 */
public record ParameterSpec(
    String name, List<Integer> shape, int fanIn, Optional<BitLayout> layout) {
  public ParameterSpec {
    shape = List.copyOf(shape);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name of a parameter must not be empty");
    }
    if (shape.stream().anyMatch(dimension -> dimension < 1)) {
      throw new IllegalArgumentException(
          "dimensions of " + name + " must be at least 1, got " + shape);
    }
    if (fanIn < 1) {
      throw new IllegalArgumentException("fanIn of " + name + " must be at least 1, got " + fanIn);
    }
  }

  /** Describes a bit-wise parameter whose first dimension counts its outputs. */
  public static ParameterSpec bits(String name, List<Integer> shape, BitLayout layout) {
    int fanIn = product(shape.subList(Math.min(1, shape.size()), shape.size()));
    return new ParameterSpec(name, shape, fanIn, Optional.of(layout));
  }

  /** Describes a parameter that is trained as floats. */
  public static ParameterSpec floats(String name, List<Integer> shape) {
    return new ParameterSpec(name, shape, 1, Optional.empty());
  }

  private static int product(List<Integer> dimensions) {
    return dimensions.stream().reduce(1, Math::multiplyExact);
  }

  /** Returns the number of weights. */
  public int size() {
    return product(shape);
  }

  /** Says whether the parameter is trained bit by bit. */
  public boolean isBitwise() {
    return layout.isPresent();
  }
}
