package org.bitloom.payload;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bitloom.bits.BitLayout;
import org.bitloom.model.BitTensor;

/** Makes networks with free bits for tests. */
final class Carriers {
  private Carriers() {}

  /** Returns parameters of random bit strings and random layouts; {@code sizes} are weights. */
  static List<BitTensor> random(SplittableRandom random, int... sizes) {
    List<BitTensor> tensors = new ArrayList<>();
    for (int size : sizes) {
      int depth = 1 + random.nextInt(32);
      int all = -1 >>> (32 - depth);
      int some = random.nextInt();
      int trained = some & random.nextInt() & all;
      tensors.add(tensor(random, size, new BitLayout(depth, trained == 0 ? 1 : trained)));
    }
    return tensors;
  }

  /** Returns one parameter of random bit strings. */
  static BitTensor tensor(SplittableRandom random, int size, BitLayout layout) {
    int all = -1 >>> (32 - layout.depth());
    int[] codes = random.ints(size).map(code -> code & all).toArray();
    return new BitTensor("w" + random.nextInt(1 << 30), List.of(size), layout, 1, codes);
  }

  static int[][] codes(List<BitTensor> tensors) {
    return tensors.stream().map(BitTensor::codes).toArray(int[][]::new);
  }

  static int[][] free(List<BitTensor> tensors) {
    return tensors.stream().map(tensor -> tensor.layout().frozenBits()).toArray(int[][]::new);
  }

  static byte[] all(FreeBits bits) {
    byte[] bytes = new byte[(int) bits.capacity().bytes()];
    bits.read(0, bytes, 0, bytes.length);
    return bytes;
  }

  static int[][] codes(FreeBits bits, List<BitTensor> tensors) {
    int[][] codes = codes(tensors);
    for (int t = 0; t < codes.length; t++) {
      bits.scatter(t, codes[t]);
    }
    return codes;
  }
}
