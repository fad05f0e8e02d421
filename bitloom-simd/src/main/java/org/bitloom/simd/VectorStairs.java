package org.bitloom.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static org.bitloom.simd.VectorCodes.FLOATS;
import static org.bitloom.simd.VectorCodes.INTS;
import static org.bitloom.simd.VectorCodes.LANES;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.bitloom.update.kernel.Chunk;
import org.bitloom.update.kernel.Staircase;

/**
 * Reads staircases, for the weights of a chunk before {@code end}: one comparison of bytes tells
 * four steps of as many weights as an int vector has lanes.
 */
final class VectorStairs {
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, FLOATS.vectorShape());
  private static final int BYTE = 0xff;
  private static final int EVERY_BYTE = 0x01010101;
  private static final int FIRST_EDGE_BITS = Float.floatToRawIntBits(1);
  private static final int LAST_EDGE_BITS = Float.floatToRawIntBits(Staircase.LAST_EDGE);
  private static final int TO_LEVEL = Staircase.ROUNDER_BITS + Staircase.EDGE_TO_LEVEL;

  private VectorStairs() {}

  static void stairs(Staircase staircase, float[] displacement, Chunk chunk, int end) {
    Arrays.fill(chunk.threshold, 0, end, 0);
    addThresholds(displacement, staircase.levelsPerUnit(), EVERY_BYTE, chunk, end);
    int[] target = begin(staircase, chunk, end);
    int group = 0;
    for (; group + 3 < staircase.groups(); group += 4) {
      addFour(staircase, group, chunk, target, end);
    }
    for (; group < staircase.groups(); group++) {
      addOne(staircase, group, chunk, target, end);
    }
    finish(staircase, chunk, end);
  }

  static void scaledStairs(Staircase staircase, float[] displacement, Chunk chunk, int end) {
    int[] target = begin(staircase, chunk, end);
    for (int group = 0; group < staircase.groups(); group++) {
      Arrays.fill(chunk.threshold, 0, end, 0);
      int place = 1;
      for (int step = group; step < staircase.steps(); step += staircase.groups()) {
        addThresholds(displacement, staircase.levelsPerUnit(step), place, chunk, end);
        place <<= Byte.SIZE;
      }
      addOne(staircase, group, chunk, target, end);
    }
    finish(staircase, chunk, end);
  }

  /** Adds {@link Staircase#highestOff} as a byte, times {@code places}, to the thresholds. */
  private static void addThresholds(
      float[] displacement, float levelsPerUnit, int places, Chunk chunk, int end) {
    int[] threshold = chunk.threshold;
    FloatVector middle = FloatVector.broadcast(FLOATS, Staircase.MIDDLE);
    for (int i = 0; i < end; i += LANES) {
      FloatVector edge =
          middle.sub(
              FloatVector.fromArray(FLOATS, displacement, chunk.from + i).mul(levelsPerUnit));
      // floats above 0 are ordered like their bits and those below 0 have negative bits, so that
      // the limits can be put on the bits, where min and max cost one instruction each
      IntVector bits = edge.reinterpretAsInts().min(LAST_EDGE_BITS).max(FIRST_EDGE_BITS);
      IntVector rounded = bits.reinterpretAsFloats().add(Staircase.ROUNDER).reinterpretAsInts();
      IntVector off = rounded.sub(TO_LEVEL).and(BYTE).mul(places);
      IntVector.fromArray(INTS, threshold, i).or(off).intoArray(threshold, i);
    }
  }

  /** Returns where switches are gathered: in the codes themselves if they lie alike. */
  private static int[] begin(Staircase staircase, Chunk chunk, int end) {
    if (staircase.spread().isIdentity()) {
      return chunk.code;
    }
    Arrays.fill(chunk.switches, 0, end, 0);
    return chunk.switches;
  }

  private static void finish(Staircase staircase, Chunk chunk, int end) {
    if (!staircase.spread().isIdentity()) {
      VectorCodes.spread(staircase.spread(), chunk, end);
    }
  }

  /** Adds bit {@code group} of every byte whose level is above its threshold. */
  private static void addOne(Staircase staircase, int group, Chunk chunk, int[] target, int end) {
    int[] packed = staircase.packed(group);
    int[] threshold = chunk.threshold;
    ByteVector zero = ByteVector.zero(BYTES);
    ByteVector bit = ByteVector.broadcast(BYTES, (byte) (1 << group));
    for (int i = 0; i < end; i += LANES) {
      ByteVector off = IntVector.fromArray(INTS, threshold, i).reinterpretAsBytes();
      ByteVector level = IntVector.fromArray(INTS, packed, chunk.from + i).reinterpretAsBytes();
      IntVector on = zero.blend(bit, level.compare(GT, off)).reinterpretAsInts();
      IntVector.fromArray(INTS, target, i).or(on).intoArray(target, i);
    }
  }

  /** Does the same for four groups from {@code group} on. */
  private static void addFour(Staircase staircase, int group, Chunk chunk, int[] target, int end) {
    assert group >= 0 && group + 4 <= staircase.groups() : group + " + 4";
    int[] packed0 = staircase.packed(group);
    int[] packed1 = staircase.packed(group + 1);
    int[] packed2 = staircase.packed(group + 2);
    int[] packed3 = staircase.packed(group + 3);
    int[] threshold = chunk.threshold;
    ByteVector zero = ByteVector.zero(BYTES);
    ByteVector bit0 = ByteVector.broadcast(BYTES, (byte) (1 << group));
    ByteVector bit1 = ByteVector.broadcast(BYTES, (byte) (2 << group));
    ByteVector bit2 = ByteVector.broadcast(BYTES, (byte) (4 << group));
    ByteVector bit3 = ByteVector.broadcast(BYTES, (byte) (8 << group));
    for (int i = 0; i < end; i += LANES) {
      int at = chunk.from + i;
      ByteVector off = IntVector.fromArray(INTS, threshold, i).reinterpretAsBytes();
      ByteVector level0 = IntVector.fromArray(INTS, packed0, at).reinterpretAsBytes();
      ByteVector level1 = IntVector.fromArray(INTS, packed1, at).reinterpretAsBytes();
      ByteVector level2 = IntVector.fromArray(INTS, packed2, at).reinterpretAsBytes();
      ByteVector level3 = IntVector.fromArray(INTS, packed3, at).reinterpretAsBytes();
      ByteVector on = zero.blend(bit0, level0.compare(GT, off));
      on = on.or(zero.blend(bit1, level1.compare(GT, off)));
      on = on.or(zero.blend(bit2, level2.compare(GT, off)));
      on = on.or(zero.blend(bit3, level3.compare(GT, off)));
      IntVector.fromArray(INTS, target, i).or(on.reinterpretAsInts()).intoArray(target, i);
    }
  }
}
