package org.bitloom.reproduce.plan;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/** The files that runs carry: made here, the same on every machine. */
public enum PayloadKind {
  /** Looks like a packed or encrypted file. */
  RANDOM("random bytes", 900_000, false),
  /** Numbered lines of plain text. */
  TEXT("plain text", 900_000, false),
  ONES("bytes of all ones", 900_000, false),
  ZEROS("bytes of all zeros", 900_000, false),
  /** Random bytes and parity, which makes room for wrong bits. */
  PARITY("random bytes with --ecc", 780_000, true);

  private static final long SEED = 220_209_571;
  private static final int CHUNK = 4096;

  private final String title;
  private final int bytes;
  private final boolean parity;

  PayloadKind(String title, int bytes, boolean parity) {
    this.title = title;
    this.bytes = bytes;
    this.parity = parity;
  }

  /** Returns what a reader calls it. */
  public String title() {
    return title;
  }

  /** Returns the length of the file. */
  public int bytes() {
    return bytes;
  }

  /** Says whether parity is stored with it. */
  public boolean hasParity() {
    return parity;
  }

  /** Returns the name of the file, which is stored with it. */
  public String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".bin";
  }

  String options() {
    return "--payload " + fileName() + (parity ? " --ecc" : "");
  }

  /** Writes the file. */
  public void writeTo(OutputStream out) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] chunk = new byte[CHUNK];
    int written = 0;
    for (int line = 1; written < bytes; line++) {
      byte[] next =
          switch (this) {
            case TEXT -> text(line);
            case ZEROS, ONES -> filled(chunk, this == ONES ? (byte) -1 : 0);
            case RANDOM, PARITY -> drawn(chunk, random);
          };
      int length = Math.min(next.length, bytes - written);
      out.write(next, 0, length);
      written += length;
    }
  }

  private static byte[] text(int line) {
    return ("Line " + line + " of a text that anybody can read.\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] filled(byte[] chunk, byte value) {
    Arrays.fill(chunk, value);
    return chunk;
  }

  private static byte[] drawn(byte[] chunk, SplittableRandom random) {
    random.nextBytes(chunk);
    return chunk;
  }
}
