package org.bitloom.images;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes lossless WebP files of two colours that differ in green, without a library. */
final class PlainWebp {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int octet;
  private int filled;

  private PlainWebp() {}

  /**
   * Builds a file.
   *
   * @param argb colour of the pixels that are not set
   * @param otherGreen green of the others
   * @param set pixel by pixel, row by row
   */
  static byte[] file(int width, int height, int argb, int otherGreen, boolean... set) {
    PlainWebp pixels = new PlainWebp();
    pixels.bits(0x2f, 8);
    pixels.bits(width - 1, 14);
    pixels.bits(height - 1, 14);
    pixels.bits(1, 1); // has alpha
    pixels.bits(0, 3 + 3); // version; no transform, no colour cache, one group of codes
    pixels.bits(0b111, 3); // green: a simple code, of two symbols, of eight bits
    pixels.bits(argb >> 8 & 0xff, 8);
    pixels.bits(otherGreen, 8);
    for (int shift : new int[] {16, 0, 24}) { // red, blue, alpha: one symbol, which takes no bits
      pixels.bits(0b101, 3);
      pixels.bits(argb >> shift & 0xff, 8);
    }
    pixels.bits(0b0001, 4); // distances: one symbol of one bit
    for (boolean one : set) {
      pixels.bits(one ? 1 : 0, 1);
    }
    pixels.bits(0, 7);
    return riff(chunk("VP8L", pixels.bytes.toByteArray()));
  }

  static byte[] riff(byte[]... chunks) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
    for (byte[] chunk : chunks) {
      all.writeBytes(chunk);
    }
    return chunk("RIFF", all.toByteArray());
  }

  static byte[] chunk(String type, byte[] data) {
    return ByteBuffer.allocate(8 + data.length + (data.length & 1))
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .putInt(data.length)
        .put(data)
        .array();
  }

  private void bits(int value, int count) {
    for (int i = 0; i < count; i++) {
      octet |= (value >> i & 1) << filled;
      filled++;
      if (filled == 8) {
        bytes.write(octet);
        octet = 0;
        filled = 0;
      }
    }
  }
}
