package org.bitloom.payload;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bitloom.bits.BitPlanes;
import org.bitloom.bits.RandomStreams;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;

/**
 * Holds the frozen bits of a network as one string of bits that can be read and written anywhere.
 *
 * <p>Order: tensors in layer order, in a tensor frozen bits from least significant to sign, of a
 * bit the weights in row-major order. Bit i of the string is bit {@code i & 7} of byte {@code i >>>
 * 3}. Example: two tensors of 3 and 2 weights, the first with bits 0 and 2 free, the second with
 * bit 0; string bits 0..2 are bit 0 of weights 0..2, 3..5 their bit 2, 6 and 7 bit 0 of the other
 * two weights. Bits after the last whole byte cannot be reached and stay as they are.
 *
 * <p>The bits are copies; memory is one bit per free bit. Not safe for several threads at once.
 */
public final class FreeBits {
  private final List<CarrierTensor> tensors;
  private final Capacity capacity;
  private final BitPlanes[] planes;

  private final BitString string;

  private FreeBits(List<CarrierTensor> tensors) {
    this.tensors = List.copyOf(tensors);
    this.capacity = Capacity.of(tensors);
    this.planes = new BitPlanes[tensors.size()];
    List<long[]> words = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (int t = 0; t < planes.length; t++) {
      CarrierTensor tensor = tensors.get(t);
      planes[t] = new BitPlanes(tensor.layout().frozenBits().length, tensor.weights());
      for (int plane = 0; plane < planes[t].planes(); plane++) {
        words.add(planes[t].words(plane));
        sizes.add(tensor.weights());
      }
    }
    this.string = new BitString(words, sizes);
  }

  /** Copies the free bits of finished parameters. */
  public static FreeBits of(List<BitTensor> tensors) {
    FreeBits bits = new FreeBits(tensors.stream().map(CarrierTensor::of).toList());
    for (int t = 0; t < tensors.size(); t++) {
      bits.gather(t, tensors.get(t));
    }
    return bits;
  }

  /** Copies the free bits of a model. */
  public static FreeBits of(BitModel model) {
    List<BitTensor> tensors = new ArrayList<>();
    for (ModelTensor tensor : model.tensors()) {
      if (tensor instanceof BitTensor bits) {
        tensors.add(bits);
      }
    }
    return of(tensors);
  }

  /** Draws all bits anew, each 0 or 1 with the same probability, from the seed alone. */
  public static FreeBits noise(List<CarrierTensor> tensors, long seed) {
    FreeBits bits = new FreeBits(tensors);
    for (int t = 0; t < bits.planes.length; t++) {
      SplittableRandom random =
          RandomStreams.of(seed, "payload noise " + bits.tensors.get(t).name());
      BitPlanes own = bits.planes[t];
      long last = -1L >>> -own.weights();
      for (int plane = 0; plane < own.planes(); plane++) {
        long[] plain = own.words(plane);
        Arrays.setAll(plain, i -> random.nextLong());
        plain[plain.length - 1] &= last;
      }
    }
    return bits;
  }

  /** Returns the parameters in layer order. */
  public List<CarrierTensor> tensors() {
    return tensors;
  }

  /** Returns how much fits. */
  public Capacity capacity() {
    return capacity;
  }

  private void gather(int t, BitTensor tensor) {
    int[] frozen = tensor.layout().frozenBits();
    int depth = tensor.layout().depth();
    long[][] words = words(t);
    int[] codes = new int[BitTiles.WEIGHTS];
    long[] tile = new long[BitTiles.PLANES];
    for (int from = 0; from < tensor.size(); from += BitTiles.WEIGHTS) {
      int count = Math.min(BitTiles.WEIGHTS, tensor.size() - from);
      tensor.copyCodes(from, codes, count);
      BitTiles.load(codes, count, tile);
      BitTiles.toPlanes(tile, depth);
      for (int plane = 0; plane < frozen.length; plane++) {
        words[plane][from >>> 6] = tile[frozen[plane]];
      }
    }
  }

  private long[][] words(int t) {
    return IntStream.range(0, planes[t].planes()).mapToObj(planes[t]::words).toArray(long[][]::new);
  }

  /** Returns codes of parameter {@code t} that have the free bits set and all others 0. */
  public int[] codes(int t) {
    int[] codes = new int[tensors.get(t).weights()];
    scatter(t, codes);
    return codes;
  }

  /**
   * Replaces the free bits of parameter {@code t}.
   *
   * @param codes bit strings in row-major order, one per weight; only their free bits change
   */
  public void scatter(int t, int[] codes) {
    CarrierTensor tensor = tensors.get(t);
    if (codes.length != tensor.weights()) {
      throw new IllegalArgumentException(
          tensor.name() + " must have " + tensor.weights() + " codes, got " + codes.length);
    }
    int[] frozen = tensor.layout().frozenBits();
    int set = Arrays.stream(frozen).map(bit -> 1 << bit).reduce(0, (a, b) -> a | b);
    long[][] words = words(t);
    long[] tile = new long[BitTiles.PLANES];
    for (int from = 0; from < codes.length; from += BitTiles.WEIGHTS) {
      Arrays.fill(tile, 0);
      for (int plane = 0; plane < frozen.length; plane++) {
        tile[frozen[plane]] = words[plane][from >>> 6];
      }
      BitTiles.toCodes(tile, tensor.layout().depth());
      BitTiles.store(tile, codes, from, Math.min(BitTiles.WEIGHTS, codes.length - from), set);
    }
  }

  /**
   * Returns {@code model} with these free bits; nothing else differs, but a network nested in the
   * old ones is given up.
   *
   * @throws IllegalArgumentException if its bit-wise parameters are not the ones of these bits
   */
  public BitModel into(BitModel model) {
    List<ModelTensor> changed = new ArrayList<>();
    int t = 0;
    for (ModelTensor tensor : model.tensors()) {
      if (!(tensor instanceof BitTensor bits)) {
        changed.add(tensor);
        continue;
      }
      if (t == tensors.size() || !CarrierTensor.of(bits).equals(tensors.get(t))) {
        throw new IllegalArgumentException(
            "free bits must go into the network they are of, got the parameter " + bits);
      }
      int[] codes = bits.codes();
      scatter(t++, codes);
      changed.add(new BitTensor(bits.name(), bits.shape(), bits.layout(), bits.scale(), codes));
    }
    return model.alone().with(changed);
  }

  /**
   * Reads bytes of the string.
   *
   * @param at first byte, counted from 0
   * @throws IndexOutOfBoundsException if the string or the array ends earlier
   */
  public void read(long at, byte[] target, int from, int count) {
    string.read(at, target, from, count);
  }

  /**
   * Writes bytes of the string.
   *
   * @param at first byte, counted from 0
   * @throws IndexOutOfBoundsException if the string or the array ends earlier
   */
  public void write(long at, byte[] source, int from, int count) {
    string.write(at, source, from, count);
  }

  /** Streams the string from byte {@code at} to its last whole byte. */
  public InputStream input(long at) {
    return new FreeBitsInput(this, at);
  }
}
