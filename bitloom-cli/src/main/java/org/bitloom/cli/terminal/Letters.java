package org.bitloom.cli.terminal;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;

/**
 * The letters that curves are drawn with.
 *
 * @param bars from the lowest to the highest
 */
public record Letters(String bars) {
  /** Blocks of eighths. */
  static final Letters BLOCKS = new Letters("▁▂▃▄▅▆▇█");

  /** The same as far as ASCII goes. */
  public static final Letters ASCII = new Letters("_.-+*#");

  /** Returns blocks if a charset has them. */
  public static Letters of(Charset charset) {
    if (!charset.canEncode()) {
      return ASCII;
    }
    CharsetEncoder encoder = charset.newEncoder();
    return encoder.canEncode(BLOCKS.bars()) ? BLOCKS : ASCII;
  }

  /** Returns the bar of a height, 0..1. */
  char bar(double height) {
    int step = (int) (height * bars.length());
    return bars.charAt(Math.max(0, Math.min(bars.length() - 1, step)));
  }
}
