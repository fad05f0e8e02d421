package org.bitloom.settings;

/**
 * The payload that a run carries in its frozen bits.
 *
 * @param path of the file that was stored, as the user gave it
 * @param sha256 of all free bits, the container and the noise after it; 64 lower-case hexadecimal
 *     digits
 */
public record Payload(String path, String sha256) {
  public Payload {
    SourceFile.checkDigits(sha256);
  }
}
