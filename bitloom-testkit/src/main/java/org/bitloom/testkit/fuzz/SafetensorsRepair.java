package org.bitloom.testkit.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes the length of a safetensors header right, and our checksum, which is SHA-256 of the file
 * with zeros in the place of its digits.
 */
public final class SafetensorsRepair {
  private static final int LENGTH_BYTES = 8;
  private static final int DIGITS = 64;
  private static final byte[] KEY = "\"sha256\":\"".getBytes(StandardCharsets.US_ASCII);

  private static final List<String> WORDS =
      List.of(
          "\"F16\"",
          "\"BF16\"",
          "\"F64\"",
          "\"I64\"",
          "\"BOOL\"",
          "\"U8\"",
          "\"F8_E5M2\"",
          "[]",
          "{}",
          "null",
          "true",
          "[0]",
          "[0,0]",
          "[1,1,1,1,1,1,1,1]",
          "\"\"",
          "\\u0000",
          "\\ud800",
          ",\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}",
          "__metadata__",
          "[[[[[[[[[[[[[[[[",
          "{\"\":{\"\":{\"\":{\"\":",
          "\"",
          ",",
          ":",
          "\\",
          "    ");

  private SafetensorsRepair() {}

  /** Returns what headers are made of. */
  public static List<byte[]> words() {
    return WORDS.stream().map(word -> word.getBytes(StandardCharsets.US_ASCII)).toList();
  }

  /** Returns a copy that is right as far as it can be made. */
  public static byte[] repair(byte[] input) {
    if (input.length < LENGTH_BYTES) {
      return input;
    }
    byte[] bytes = input.clone();
    int end = headerEnd(bytes);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, end - LENGTH_BYTES);
    int digits = digits(bytes, end);
    if (digits >= 0) {
      Arrays.fill(bytes, digits, digits + DIGITS, (byte) '0');
      byte[] right = HexFormat.of().formatHex(sha256(bytes)).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(right, 0, bytes, digits, DIGITS);
    }
    return bytes;
  }

  /** Returns where the first JSON object ends, with the blanks behind it. */
  private static int headerEnd(byte[] bytes) {
    int depth = 0;
    boolean text = false;
    for (int at = LENGTH_BYTES; at < bytes.length; at++) {
      switch (bytes[at]) {
        case '"' -> text = !text;
        case '\\' -> at += text ? 1 : 0;
        case '{' -> depth += text ? 0 : 1;
        case '}' -> depth -= text ? 0 : 1;
        default -> {}
      }
      if (depth <= 0 && !text) {
        int end = Math.min(at + 1, bytes.length);
        while (end < bytes.length && bytes[end] == ' ') {
          end++;
        }
        return end;
      }
    }
    return bytes.length;
  }

  private static int digits(byte[] bytes, int end) {
    for (int at = LENGTH_BYTES; at + KEY.length + DIGITS <= end; at++) {
      if (Arrays.equals(bytes, at, at + KEY.length, KEY, 0, KEY.length)) {
        return at + KEY.length;
      }
    }
    return -1;
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
