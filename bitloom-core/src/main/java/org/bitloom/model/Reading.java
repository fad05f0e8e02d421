package org.bitloom.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitRange;
import org.bitloom.bits.HeScale;
import org.bitloom.bits.RandomStreams;
import org.bitloom.bits.SignMagnitude;
import org.bitloom.error.UsageException;

/**
 * Reads a trained model in another way than it was trained: with noise in its free bits, from part
 * of its bits, or without its lowest ones; in this order. docs/reading.md.
 *
 * @param noise share of the free bits that are drawn anew, 0..1
 * @param seed of the noise
 * @param part bits that are read, the highest as the sign; empty = all
 * @param dropped lowest magnitude bits that are read as 0, at least 0
 */
public record Reading(double noise, long seed, Optional<BitRange> part, int dropped) {
  /** Reads a model as it is. */
  public static final Reading PLAIN = new Reading(0, 1, Optional.empty(), 0);

  public Reading {
    if (!(noise >= 0 && noise <= 1)) {
      throw new UsageException(
          "share of redrawn bits must be 0..1, got " + noise, "at 1 all free bits are drawn anew");
    }
    if (dropped < 0) {
      throw new UsageException(
          "dropped bits must be at least 0, got " + dropped, "0 drops nothing");
    }
  }

  /**
   * Returns the model as it reads.
   *
   * @throws UsageException if it has no bits, no free bits for noise, or fewer bits than are asked
   *     for; the message names the layer
   */
  public BitModel of(BitModel model) {
    BitModel read = noise == 0 ? model : withNoise(model);
    read = part.isEmpty() ? read : part(read, part.get());
    return dropped == 0 ? read : withoutLowest(read);
  }

  /**
   * Returns what should be known of the bits that are read: that they lack the sign of a weight, of
   * this network and of those nested in it, so that they were never trained to be a network.
   */
  public Optional<String> remark(BitModel model) {
    int sign = deepestSign(model);
    if (part.isEmpty()
        || sign <= part.get().high()
        || signed(model, part.get().high()).isPresent()) {
      return Optional.empty();
    }
    BitRange bits = part.get();
    int low = Math.max(0, sign - bits.depth() + 1);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "bits %s lack the sign of the weights, which is bit %d: unless another network lies in"
                + " them, the answers are guesses; %d..%d are as many bits with their sign",
            bits,
            sign,
            sign,
            low));
  }

  /** Returns the network, this or one nested in it, whose deepest sign is a bit. */
  private static Optional<BitModel> signed(BitModel model, int bit) {
    Optional<BitModel> candidate = Optional.of(model);
    while (candidate.isPresent() && deepestSign(candidate.get()) != bit) {
      candidate = candidate.get().inner();
    }
    return candidate;
  }

  private static List<ModelTensor> map(BitModel model, UnaryOperator<BitTensor> change) {
    List<ModelTensor> tensors = new ArrayList<>();
    boolean bits = false;
    for (ModelTensor tensor : model.tensors()) {
      bits |= tensor instanceof BitTensor;
      tensors.add(tensor instanceof BitTensor found ? change.apply(found) : tensor);
    }
    if (!bits) {
      throw new UsageException(
          "the model must have bit-wise weights to be read in part, all of its are floats",
          "evaluate it as it is, or give another model");
    }
    return tensors;
  }

  private BitModel withNoise(BitModel model) {
    boolean free =
        model.tensors().stream()
            .anyMatch(t -> t instanceof BitTensor bits && bits.layout().frozenBits().length > 0);
    List<ModelTensor> noisy = map(model, this::withNoise);
    if (!free) {
      throw new UsageException(
          "the model must have free bits to be drawn anew, all of its are trained",
          "give a model with frozen bits, such as one of mask 111000");
    }
    return model.with(noisy);
  }

  private BitTensor withNoise(BitTensor tensor) {
    SplittableRandom random = RandomStreams.of(seed, "noise/" + tensor.name());
    int[] free = tensor.layout().frozenBits();
    int[] codes = tensor.codes();
    for (int i = 0; i < codes.length; i++) {
      for (int bit : free) {
        double chance = random.nextDouble(); // drawn always: more noise changes these bits and more
        int drawn = random.nextInt() >>> 31;
        if (chance < noise) {
          codes[i] = (codes[i] & ~(1 << bit)) | (drawn << bit);
        }
      }
    }
    return new BitTensor(tensor.name(), tensor.shape(), tensor.layout(), tensor.scale(), codes);
  }

  private BitModel withoutLowest(BitModel model) {
    return model.alone().with(map(model, this::withoutLowest));
  }

  private BitTensor withoutLowest(BitTensor tensor) {
    int most = tensor.layout().magnitudeBits();
    if (dropped > most) {
      throw new UsageException(
          "dropped bits must be 0.." + most + " in " + at(tensor) + ", got " + dropped,
          "the sign cannot be dropped");
    }
    int[] codes = tensor.codes();
    for (int i = 0; i < codes.length; i++) {
      codes[i] &= -1 << dropped;
    }
    return new BitTensor(tensor.name(), tensor.shape(), tensor.layout(), tensor.scale(), codes);
  }

  private static String at(BitTensor tensor) {
    return tensor.name() + " of depth " + tensor.layout().depth();
  }

  @SuppressWarnings("ReferenceEquality") // whether it is this very network, not one like it
  private static BitModel part(BitModel model, BitRange range) {
    BitModel owner = owner(model, range.high());
    boolean whole = range.low() == 0 && owner != model;
    return whole ? owner : owner.alone().with(map(owner, tensor -> part(tensor, range)));
  }

  /** Returns the network that bits below {@code high} belong to. */
  private static BitModel owner(BitModel model, int high) {
    return signed(model, high).orElse(model);
  }

  private static int deepestSign(BitModel model) {
    return model.tensors().stream()
        .mapToInt(tensor -> tensor instanceof BitTensor bits ? bits.layout().signBit() : -1)
        .max()
        .orElse(-1);
  }

  private static BitTensor part(BitTensor tensor, BitRange range) {
    BitLayout layout = tensor.layout();
    if (range.high() > layout.signBit()) {
      throw new UsageException(
          "bits must be within " + layout.signBit() + "..0 in " + at(tensor) + ", got " + range,
          "./bitloom inspect shows the depth of every layer");
    }
    int[] codes = tensor.codes();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = range.of(codes[i]);
    }
    int trained = range.of(layout.trained());
    int every = range.of(-1);
    return new BitTensor(
        tensor.name(),
        tensor.shape(),
        new BitLayout(range.depth(), trained == 0 ? every : trained),
        range.high() == layout.signBit()
            ? topScale(tensor, range)
            : HeScale.of(codes, range.depth(), fanIn(tensor)),
        codes);
  }

  /**
   * Keeps what every bit is worth; a sign alone stands for a weight of mean size, the scale that
   * loses least.
   */
  private static float topScale(BitTensor tensor, BitRange range) {
    if (range.depth() > 1 || tensor.layout().depth() == 1) {
      return Math.scalb(tensor.scale(), range.low());
    }
    double sum = 0;
    for (int i = 0; i < tensor.size(); i++) {
      sum += SignMagnitude.magnitude(tensor.code(i), tensor.layout().depth());
    }
    return sum == 0 ? tensor.scale() : (float) (tensor.scale() * sum / tensor.size());
  }

  private static int fanIn(BitTensor tensor) {
    return tensor.shape().stream().skip(1).reduce(1, (a, b) -> a * b);
  }
}
