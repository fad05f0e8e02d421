package org.bitloom.entropy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Codes 32-bit floats, exactly: sign, exponent and the highest bits of the fraction by what floats
 * of the same kind were like, all other bits as they are.
 */
final class FloatCoder {
  private static final int EXPECTED_BITS = 13;
  private static final int FIRST_LENGTH = 1 << 10;

  private final BinaryCoder coder;
  private final Map<String, Chances> byKind = new HashMap<>();

  FloatCoder(BinaryCoder coder) {
    this.coder = coder;
  }

  /**
   * Codes some floats.
   *
   * @param kind of numbers, such as the name of a parameter without that of its layer
   * @param given all floats to write; nothing where they are read
   * @return the floats; memory is taken as they come
   */
  float[] code(String kind, int count, float[] given) {
    Chances chances = byKind.computeIfAbsent(kind, any -> new Chances(1 << EXPECTED_BITS));
    float[] values = new float[Math.min(count, Math.max(given.length, FIRST_LENGTH))];
    for (int i = 0; i < count; i++) {
      if (i == values.length) {
        values = Arrays.copyOf(values, (int) Math.min(count, 2L * i));
      }
      int bits = i < given.length ? Float.floatToRawIntBits(given[i]) : 0;
      values[i] = Float.intBitsToFloat(code(chances, bits));
    }
    return values;
  }

  private int code(Chances chances, int given) {
    int bits = 0;
    int node = 1;
    for (int i = Float.SIZE - 1; i >= 0; i--) {
      int bit = (given >>> i) & 1;
      if (node < 1 << EXPECTED_BITS) {
        bit = chances.code(coder, node, bit);
        node = 2 * node + bit;
      } else {
        bit = coder.code(bit, BinaryCoder.WHOLE / 2);
      }
      bits |= bit << i;
    }
    return bits;
  }
}
