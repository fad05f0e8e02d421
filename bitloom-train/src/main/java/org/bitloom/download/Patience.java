package org.bitloom.download;

import java.time.Duration;

/**
 * How long a download waits for its server and how often it comes back.
 *
 * @param connect longest wait for a connection, at least 1 ms
 * @param silence longest wait for the next bytes, at least 1 ms
 * @param pause between a lost connection and the next one
 * @param connections most connections for one file, at least 1
 */
public record Patience(Duration connect, Duration silence, Duration pause, int connections) {
  /** For servers on the internet. */
  public static final Patience USUAL =
      new Patience(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(1), 10);

  public Patience {
    if (connect.toMillis() < 1 || silence.toMillis() < 1 || pause.isNegative()) {
      throw new IllegalArgumentException(
          "connect and silence must be at least 1 ms and pause at least 0, got "
              + connect
              + ", "
              + silence
              + ", "
              + pause);
    }
    if (connections < 1) {
      throw new IllegalArgumentException("connections must be at least 1, got " + connections);
    }
  }

  /** Prints a wait as {@code 30 s}. */
  static String print(Duration wait) {
    long millis = wait.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
