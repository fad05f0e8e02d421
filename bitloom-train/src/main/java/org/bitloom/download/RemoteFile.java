package org.bitloom.download;

import java.net.URI;

/**
 * A file that a publisher offers, and what its bytes must be.
 *
 * @param address where it lies, http or https
 * @param length of the file as it lies there, in bytes, at least 1
 * @param sha256 64 hexadecimal digits, of the unpacked bytes if {@code gzipped}
 * @param gzipped whether the checksum speaks of the unpacked bytes; the file stays packed
 */
public record RemoteFile(URI address, long length, String sha256, boolean gzipped) {
  public RemoteFile {
    if (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme())) {
      throw new IllegalArgumentException("address must begin with http or https, got " + address);
    }
    if (length < 1) {
      throw new IllegalArgumentException("length must be at least 1 byte, got " + length);
    }
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("sha256 must be 64 hexadecimal digits, got " + sha256);
    }
  }
}
