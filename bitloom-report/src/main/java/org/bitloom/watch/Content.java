package org.bitloom.watch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bitloom.io.Sha256;

/**
 * What stands under a name.
 *
 * @param type as HTTP writes it
 * @param tag changes when the bytes do: letters and digits
 * @param bytes of the body; not modified
 */
record Content(String type, String tag, byte[] bytes) {
  private static final int TAG_DIGITS = 32;

  /** The page itself. */
  static final String HTML = "text/html; charset=utf-8";

  /** What its script asks for. */
  static final String JSON = "application/json";

  /** Makes content whose tag is made of its bytes. */
  static Content of(String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Content(type, tag(text), bytes);
  }

  /** Makes content with a tag of its own. */
  static Content of(String type, String tag, String text) {
    return new Content(type, tag, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a tag of a text. */
  static String tag(String text) {
    byte[] digest = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    return hex(digest).substring(0, TAG_DIGITS);
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Content content
        && type.equals(content.type)
        && tag.equals(content.tag)
        && Arrays.equals(bytes, content.bytes);
  }

  @Override
  public int hashCode() {
    return tag.hashCode();
  }
}
