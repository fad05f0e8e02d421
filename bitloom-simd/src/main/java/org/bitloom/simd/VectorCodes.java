package org.bitloom.simd;

import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.bitloom.update.kernel.BitSpread;
import org.bitloom.update.kernel.Chunk;
import org.bitloom.update.kernel.FrozenFields;

/** Composes bit strings and weights, for the weights of a chunk before {@code end}. */
final class VectorCodes {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
  static final int LANES = FLOATS.length();

  private VectorCodes() {}

  static void latentBits(float[] x, Chunk chunk, int bit, int end) {
    int[] code = chunk.code;
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int i = 0; i < end; i += LANES) {
      // 0 - x has its sign bit set exactly where x is above 0: 0 - 0 is +0
      IntVector negated =
          zero.sub(FloatVector.fromArray(FLOATS, x, chunk.from + i)).reinterpretAsInts();
      IntVector bits = negated.lanewise(LSHR, 31).lanewise(LSHL, bit);
      IntVector.fromArray(INTS, code, i).or(bits).intoArray(code, i);
    }
  }

  static void frozenBits(FrozenFields frozen, Chunk chunk, int end) {
    if (frozen.bits() == 0) {
      Arrays.fill(chunk.code, 0, end, 0);
    } else if (frozen.spread().isIdentity()) {
      unpack(frozen, chunk, chunk.code, end);
    } else {
      unpack(frozen, chunk, chunk.switches, end);
      Arrays.fill(chunk.code, 0, end, 0);
      spread(frozen.spread(), chunk, end);
    }
  }

  /** Sets {@code target} to the fields of the chunk's weights. */
  private static void unpack(FrozenFields frozen, Chunk chunk, int[] target, int end) {
    int[] packed = frozen.packed();
    int bits = frozen.bits();
    int mask = frozen.mask();
    for (int i = 0; i < end; i += LANES) {
      int bit = frozen.firstBit(chunk.from + i);
      int at = frozen.base(chunk.from + i) + FrozenFields.LANES * (bit >>> 5);
      int right = bit & 31;
      IntVector field = IntVector.fromArray(INTS, packed, at).lanewise(LSHR, right);
      if (right + bits > 32) {
        IntVector rest = IntVector.fromArray(INTS, packed, at + FrozenFields.LANES);
        field = field.or(rest.lanewise(LSHL, 32 - right));
      }
      field.and(mask).intoArray(target, i);
    }
  }

  /** Adds the bits of the chunk's switches to its codes, two fields at a time. */
  static void spread(BitSpread spread, Chunk chunk, int end) {
    for (int field = 0; field < spread.fields(); field += 2) {
      spread(spread, field, Math.min(field + 1, spread.fields() - 1), chunk, end);
    }
  }

  private static void spread(BitSpread spread, int field, int other, Chunk chunk, int end) {
    int[] code = chunk.code;
    int[] switches = chunk.switches;
    int mask1 = spread.mask(field);
    int mask2 = spread.mask(other);
    int right1 = spread.right(field);
    int right2 = spread.right(other);
    int left1 = spread.left(field);
    int left2 = spread.left(other);
    for (int i = 0; i < end; i += LANES) {
      IntVector source = IntVector.fromArray(INTS, switches, i);
      IntVector moved1 = source.and(mask1).lanewise(LSHR, right1).lanewise(LSHL, left1);
      IntVector moved2 = source.and(mask2).lanewise(LSHR, right2).lanewise(LSHL, left2);
      IntVector.fromArray(INTS, code, i).or(moved1).or(moved2).intoArray(code, i);
    }
  }

  static void weights(Chunk chunk, int depth, float scale, int end) {
    int signBit = depth - 1;
    int magnitude = ~(-1 << signBit);
    int constant = depth == 1 ? 1 : 0;
    for (int i = 0; i < end; i += LANES) {
      IntVector code = IntVector.fromArray(INTS, chunk.code, i);
      FloatVector size = (FloatVector) code.and(magnitude).or(constant).convert(I2F, 0);
      IntVector sign = code.lanewise(LSHR, signBit).lanewise(LSHL, 31);
      size.mul(scale).reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(chunk.weight, i);
    }
  }
}
