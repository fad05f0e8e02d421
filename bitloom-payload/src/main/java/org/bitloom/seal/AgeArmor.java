package org.bitloom.seal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.bitloom.payload.PayloadException;
import org.bitloom.payload.PayloadException.Kind;

/**
 * Unwraps an age file that was armored as text, strictly: lines of 64 letters, the last one shorter
 * or as long, canonical base64, nothing but white space around. Lines may end with CRLF.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468#section-3">RFC 7468, figure 3</a>
 */
final class AgeArmor extends InputStream {
  private static final String BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----";
  private static final String END = "-----END AGE ENCRYPTED FILE-----";
  private static final int LINE = 64;

  /** White space that is looked through for the first line. */
  private static final int MOST_SPACE = 1024;

  private final InputStream in;
  private byte[] decoded = new byte[0];
  private int at;
  private long lines;
  private boolean lastSeen;
  private boolean ended;

  /** Skips the first line, for which {@link #begins} has looked. */
  AgeArmor(InputStream in) throws IOException {
    this.in = in;
    int next = in.read();
    while (isSpace(next)) {
      next = in.read();
    }
    String first = (char) next + line();
    if (!first.equals(BEGIN)) {
      throw damaged("must be " + BEGIN, first);
    }
  }

  /** Says whether the first line of armor comes next, perhaps after white space. */
  static boolean begins(BufferedInputStream in) throws IOException {
    in.mark(MOST_SPACE + BEGIN.length());
    byte[] start = in.readNBytes(MOST_SPACE + BEGIN.length());
    in.reset();
    String text = new String(start, StandardCharsets.ISO_8859_1);
    int from = 0;
    while (from < text.length() && isSpace(text.charAt(from))) {
      from++;
    }
    return text.startsWith(BEGIN, from);
  }

  @Override
  public int read() throws IOException {
    return fill() ? decoded[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int part = Math.min(count, decoded.length - at);
    System.arraycopy(decoded, at, target, from, part);
    at += part;
    return part;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Makes sure of a decoded byte; false at the end. */
  private boolean fill() throws IOException {
    while (!ended && at == decoded.length) {
      String line = line();
      if (line.equals(END)) {
        requireOnlySpace();
        ended = true;
      } else if (lastSeen) {
        throw damaged("must be " + END + " after a short line", line);
      } else {
        decoded = decode(line);
        at = 0;
        lastSeen = line.length() < LINE || line.endsWith("=");
      }
    }
    return !ended;
  }

  private byte[] decode(String line) throws PayloadException {
    byte[] letters = line.getBytes(StandardCharsets.ISO_8859_1);
    try {
      byte[] bytes = Base64.getDecoder().decode(letters);
      if (bytes.length > 0 && Arrays.equals(Base64.getEncoder().encode(bytes), letters)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Said below, like letters that mean something but are not the only way to write it.
    }
    throw damaged("must be 64 letters of canonical base64, the last one fewer", line);
  }

  /** Reads a line without its end; more letters than any line may have are not kept. */
  private String line() throws IOException {
    lines++;
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        if (line.toString().equals(END)) {
          break;
        }
        throw damaged("must be the last before " + END, "the end of the file");
      }
      line.append((char) next);
      if (line.length() > LINE + 1) {
        throw damaged("must be at most 64 letters long", line.toString());
      }
    }
    if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }

  private void requireOnlySpace() throws IOException {
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (!isSpace(next)) {
        throw new PayloadException(
            Kind.DAMAGED,
            "armored age file must end with " + END + ", found more behind it",
            "cut off what does not belong to it");
      }
    }
  }

  private static boolean isSpace(int letter) {
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
  }

  private PayloadException damaged(String expected, String found) {
    return new PayloadException(
        Kind.DAMAGED,
        String.format(
            Locale.ROOT,
            "armored age file, line %d: %s, found %s",
            lines,
            expected,
            AgeHeader.shown(found.replaceAll("[^ -~]", "?"))),
        "copy the whole text again, line by line as it was");
  }
}
