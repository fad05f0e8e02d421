package org.bitloom.payload;

import java.util.ArrayList;
import java.util.List;

/** Collects the blocks of a body that do not match their checksums, as ranges. */
final class BlockDamage {
  private static final int SHOWN = 4;

  private final long bodyBytes;
  private final List<long[]> ranges = new ArrayList<>();
  private long blocks;

  BlockDamage(long bodyBytes) {
    this.bodyBytes = bodyBytes;
  }

  /** Adds the block that begins at byte {@code begin} of the body, which follows those added. */
  void add(long begin) {
    add(begin, Math.min(begin + Blocks.DATA_BYTES, bodyBytes), 1);
  }

  /** Adds all blocks from the one that begins at byte {@code begin} of the body. */
  void addFrom(long begin) {
    add(begin, bodyBytes, Blocks.count(bodyBytes) - Blocks.count(begin));
  }

  private void add(long begin, long end, long count) {
    long[] last = ranges.isEmpty() ? new long[2] : ranges.get(ranges.size() - 1);
    if (!ranges.isEmpty() && last[1] == begin) {
      last[1] = end;
    } else {
      ranges.add(new long[] {begin, end});
    }
    blocks += count;
  }

  /** Returns the number of damaged blocks. */
  long blocks() {
    return blocks;
  }

  /** Says which bytes of the body lie in damaged blocks, the first few ranges. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(blocks).append(" of ").append(Blocks.count(bodyBytes)).append(" blocks damaged");
    String before = ", bytes ";
    for (long[] range : ranges.subList(0, Math.min(SHOWN, ranges.size()))) {
      text.append(before).append(range[0]).append("..").append(range[1] - 1);
      before = ", ";
    }
    return ranges.size() > SHOWN ? text.append(", ...").toString() : text.toString();
  }
}
