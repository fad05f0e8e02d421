package org.bitloom.io;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Shows bytes as docs/format.md does: offset, 16 bytes, the printable ones as text between bars.
 */
public final class HexDump {
  private static final int ROW = 16;
  private static final int HEX_COLUMN = 6;
  private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

  private HexDump() {}

  public static String of(byte[] bytes) {
    StringBuilder dump = new StringBuilder();
    for (int at = 0; at < bytes.length; at += ROW) {
      byte[] row = Arrays.copyOfRange(bytes, at, Math.min(at + ROW, bytes.length));
      StringBuilder text = new StringBuilder();
      for (byte b : row) {
        text.append(b >= ' ' && b <= '~' ? (char) b : '.');
      }
      dump.append(HexFormat.of().toHexDigits(at, 4)).append("  ");
      dump.append(String.format("%-47s", SPACED.formatHex(row)));
      dump.append("  |").append(text).append("|\n");
    }
    return dump.toString();
  }

  public static byte[] bytes(String dump) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line : dump.split("\n", -1)) {
      if (!line.isBlank()) {
        String hex = line.substring(HEX_COLUMN, HEX_COLUMN + 3 * ROW - 1).strip();
        bytes.writeBytes(SPACED.parseHex(hex));
      }
    }
    return bytes.toByteArray();
  }
}
