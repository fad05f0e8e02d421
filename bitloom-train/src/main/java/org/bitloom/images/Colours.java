package org.bitloom.images;

import java.util.Arrays;

/**
 * What the samples of an image file stand for, where the file says it beside the pixels and the
 * decoders of the JDK do not keep to it.
 */
sealed interface Colours {
  /** Samples are what they are: grey, or red, green and blue, with alpha after them or without. */
  Colours PLAIN = new Plain();

  /** Samples are what they are. */
  record Plain() implements Colours {}

  /**
   * One colour is transparent wherever it occurs.
   *
   * @param samples of it, grey or red, green and blue, on the scale of the file
   */
  @SuppressWarnings("ArrayRecordComponent") // read by the decoder at once, compared by nobody
  record OneTransparent(int[] samples) implements Colours {
    boolean is(int[] row, int at) {
      return Arrays.equals(row, at, at + samples.length, samples, 0, samples.length);
    }
  }

  /**
   * Samples are places in a table.
   *
   * @param argb a colour each, with alpha
   */
  @SuppressWarnings("ArrayRecordComponent") // read by the decoder at once, compared by nobody
  record Palette(int[] argb) implements Colours {
    boolean isGrey() {
      return Arrays.stream(argb)
          .allMatch(
              colour ->
                  (colour >> 16 & 0xff) == (colour & 0xff)
                      && (colour >> 8 & 0xff) == (colour & 0xff));
    }
  }
}
