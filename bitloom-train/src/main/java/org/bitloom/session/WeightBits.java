package org.bitloom.session;

import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.SignMagnitude;
import org.bitloom.model.WeightCounts;
import org.bitloom.update.ParameterSpec;

/**
 * Counts signs, zeros and flipped bits of a session's weights: of what is, or could be, bit-wise.
 */
public final class WeightBits {
  private final Session session;
  private final Map<String, BitLayout> layouts = new LinkedHashMap<>();
  private final Map<String, int[]> epochStart = new LinkedHashMap<>();
  private long negative;
  private long zero;
  private long positive;
  private long[] flips;

  WeightBits(Session session) {
    this.session = session;
    for (ParameterSpec spec : session.state().parameters()) {
      spec.layout().ifPresent(layout -> layouts.put(spec.name(), layout));
    }
    layouts.keySet().forEach(name -> epochStart.put(name, session.state().codes(name)));
  }

  /**
   * Returns the bit strings at the start of the epoch, by parameter; a restore puts others there.
   */
  public Map<String, int[]> epochStart() {
    return epochStart;
  }

  /** Closes an epoch: counts now, and flips since the epoch began; then a new one begins. */
  public WeightCounts endEpoch() {
    negative = 0;
    zero = 0;
    positive = 0;
    flips = new long[depth()];
    epochStart.replaceAll(
        (name, before) -> count(layouts.get(name), before, session.state().codes(name)));
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
    return layouts.values().stream().mapToInt(BitLayout::depth).max().orElse(0);
  }

  private int[] count(BitLayout layout, int[] before, int[] after) {
    int depth = layout.depth();
    int signBit = layout.signBit();
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
    session
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.getType() == Parameter.Type.WEIGHT && !layouts.containsKey(name)) {
                for (float value : parameter.getArray().toFloatArray()) {
                  count(value);
                }
              }
            });
  }
}
