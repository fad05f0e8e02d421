package org.bitloom.session;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bitloom.bits.SignMagnitude;
import org.bitloom.update.BitwiseParameter;

/** Counts signs, zeros and flipped bits of a session's weights of two or more dimensions. */
public final class WeightBits {
  private final Session session;
  private final Map<BitwiseParameter, int[]> epochStart = new LinkedHashMap<>();
  private long negative;
  private long zero;
  private long positive;
  private long[] flips;

  public WeightBits(Session session) {
    this.session = session;
    session.trained().stream()
        .filter(BitwiseParameter.class::isInstance)
        .map(BitwiseParameter.class::cast)
        .forEach(parameter -> epochStart.put(parameter, codes(parameter)));
  }

  private int[] codes(BitwiseParameter parameter) {
    int[] codes = new int[parameter.size()];
    parameter.codes(codes, session.optimizer().workers());
    return codes;
  }

  /**
   * Returns the bit strings at the start of the epoch, by parameter; live, a restore fills them.
   */
  public Map<BitwiseParameter, int[]> epochStart() {
    return epochStart;
  }

  /** Closes an epoch: counts now, and flips since the epoch began; then a new one begins. */
  public WeightCounts endEpoch() {
    negative = 0;
    zero = 0;
    positive = 0;
    flips = new long[depth()];
    epochStart.replaceAll((parameter, before) -> count(parameter, before, codes(parameter)));
    countFloats();
    return new WeightCounts(negative, zero, positive);
  }

  /**
   * Returns the bits that changed in the last closed epoch, per plane, least significant first,
   * sign last.
   */
  public List<Long> flips() {
    return Arrays.stream(flips).boxed().toList();
  }

  private int depth() {
    return epochStart.keySet().stream().mapToInt(p -> p.layout().depth()).max().orElse(0);
  }

  private int[] count(BitwiseParameter parameter, int[] before, int[] after) {
    int depth = parameter.layout().depth();
    int signBit = parameter.layout().signBit();
    int signPlane = flips.length - 1;
    for (int i = 0; i < after.length; i++) {
      count(SignMagnitude.value(after[i], depth));
      int changed = before[i] ^ after[i];
      flips[signPlane] += changed >>> signBit & 1;
      for (int bits = changed & ~(1 << signBit); bits != 0; bits &= bits - 1) {
        flips[Integer.numberOfTrailingZeros(bits)]++;
      }
    }
    return after;
  }

  private void count(float value) {
    negative += value < 0 ? 1 : 0;
    zero += value == 0 ? 1 : 0;
    positive += value > 0 ? 1 : 0;
  }

  /** Counts the weights of the layers that are trained as floats. */
  private void countFloats() {
    Set<String> bitwise =
        epochStart.keySet().stream().map(BitwiseParameter::name).collect(Collectors.toSet());
    session
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.getArray().getShape().dimension() >= 2 && !bitwise.contains(name)) {
                for (float value : parameter.getArray().toFloatArray()) {
                  count(value);
                }
              }
            });
  }
}
