package org.bitloom.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.FrozenBits;

/**
 * Knows how one network lies in another: the bit string of each of its weights is the low end of
 * the bit string of the weight at the same place.
 */
public final class Nesting {
  private Nesting() {}

  /** Returns how many of the lowest bits are frozen, 0..depth-1: room for a network. */
  public static int room(BitLayout layout) {
    return Integer.numberOfTrailingZeros(layout.trained());
  }

  /**
   * Puts the bits of {@code inner} into the low bits of the weights of the same names; the frozen
   * bits above stay as they were drawn, or are chosen with the trained ones where weights are
   * given.
   */
  public static FrozenBits source(BitModel inner) {
    return new Source(byName(inner.tensors()));
  }

  private record Source(Map<String, ModelTensor> byName) implements FrozenBits {
    @Override
    public void fill(String name, BitLayout layout, int[] codes) {
      if (byName.get(name) instanceof BitTensor nested && nested.size() == codes.length) {
        int below = below(nested);
        for (int i = 0; i < codes.length; i++) {
          codes[i] = (codes[i] & ~below) | nested.code(i);
        }
      }
    }

    @Override
    public int given(String name, BitLayout layout) {
      return byName.get(name) instanceof BitTensor nested ? below(nested) & layout.frozen() : 0;
    }

    private static int below(BitTensor nested) {
      return BitLayout.allBits(nested.layout().depth());
    }
  }

  private static Map<String, ModelTensor> byName(List<ModelTensor> tensors) {
    Map<String, ModelTensor> byName = new HashMap<>();
    tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
    return byName;
  }

  /**
   * Reads one tensor of a nested network.
   *
   * @param outer tensors of the network around it
   * @param name of the tensor in both
   * @param layout of the nested tensor
   * @param scale of the nested tensor
   * @throws IllegalArgumentException if {@code outer} has no bits of this name, or has not frozen
   *     as many low bits
   */
  public static BitTensor read(
      List<ModelTensor> outer, String name, BitLayout layout, float scale) {
    if (!(byName(outer).get(name) instanceof BitTensor carrier)) {
      throw new IllegalArgumentException(
          name + " must be bit-wise to hold bits of a nested network");
    }
    int room = room(carrier.layout());
    if (layout.depth() > room) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "mask of %s must freeze the %d lowest bits, which hold a nested network, got %s",
              name,
              layout.depth(),
              carrier.layout().mask()));
    }
    int[] codes = carrier.codes();
    int below = BitLayout.allBits(layout.depth());
    for (int i = 0; i < codes.length; i++) {
      codes[i] &= below;
    }
    return new BitTensor(name, carrier.shape(), layout, scale, codes);
  }

  /** Returns {@code inner} with the bits that stand in {@code outer} now. */
  static BitModel read(List<ModelTensor> outer, BitModel inner) {
    List<ModelTensor> tensors = new ArrayList<>();
    boolean bits = false;
    for (ModelTensor tensor : inner.tensors()) {
      if (tensor instanceof BitTensor nested) {
        bits = true;
        tensors.add(read(outer, nested.name(), nested.layout(), nested.scale()));
      } else {
        tensors.add(tensor);
      }
    }
    if (!bits) {
      throw new IllegalArgumentException("a nested network must have bits, all of its are floats");
    }
    return inner.with(tensors);
  }

  /**
   * Checks that {@code inner} lies in {@code outer}.
   *
   * @throws IllegalArgumentException if it does not
   */
  static void check(List<ModelTensor> outer, BitModel inner) {
    List<ModelTensor> found = read(outer, inner).tensors();
    for (int i = 0; i < found.size(); i++) {
      if (!found.get(i).equals(inner.tensors().get(i))) {
        throw new IllegalArgumentException(
            "low bits of "
                + found.get(i).name()
                + " must be those of the nested network, some are not");
      }
    }
  }
}
