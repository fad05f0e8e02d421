package org.bitloom.update.kernel;

import java.util.Arrays;

/**
 * Moves bits of an int to other places, neighbours that move alike together.
 *
 * <p>Field f takes the bits {@code mask(f)} of the source, first right by {@code right(f)}, then
 * left by {@code left(f)}. Example: sources {0, 1, 8, 9} and targets {3, 4, 5, 6} make two fields,
 * mask 0x003 left by 3, and mask 0x300 right by 3.
 */
public final class BitSpread {
  private final int[] masks;
  private final int[] rights;
  private final int[] lefts;

  /**
   * Plans the moves.
   *
   * @param sources places of bits in the source
   * @param targets where each of them goes, as many
   */
  BitSpread(int[] sources, int[] targets) {
    int[] foundMasks = new int[sources.length];
    int[] moves = new int[sources.length];
    int fields = 0;
    for (int i = 0; i < sources.length; i++) {
      int move = targets[i] - sources[i];
      if (fields == 0 || moves[fields - 1] != move) {
        moves[fields++] = move;
      }
      foundMasks[fields - 1] |= 1 << sources[i];
    }
    this.masks = Arrays.copyOf(foundMasks, fields);
    this.rights = Arrays.stream(moves, 0, fields).map(move -> Math.max(0, -move)).toArray();
    this.lefts = Arrays.stream(moves, 0, fields).map(move -> Math.max(0, move)).toArray();
  }

  /** Returns the number of fields, 0 if there are no bits. */
  public int fields() {
    return masks.length;
  }

  /** Returns which bits of the source a field takes. */
  public int mask(int field) {
    return masks[field];
  }

  /** Returns how far a field goes right, 0..31. */
  public int right(int field) {
    return rights[field];
  }

  /** Returns how far a field goes left after that, 0..31. */
  public int left(int field) {
    return lefts[field];
  }

  /** Says whether every bit is already in its place. */
  public boolean isIdentity() {
    return masks.length == 0 || (masks.length == 1 && rights[0] == 0 && lefts[0] == 0);
  }

  /** Returns the bits of {@code source} in their new places. */
  public int apply(int source) {
    int code = 0;
    for (int field = 0; field < masks.length; field++) {
      code |= (source & masks[field]) >>> rights[field] << lefts[field];
    }
    return code;
  }
}
