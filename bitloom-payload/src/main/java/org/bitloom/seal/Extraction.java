package org.bitloom.seal;

import org.bitloom.payload.ContainerFlag;
import org.bitloom.payload.ContainerHeader;

/**
 * Tells what was found in free bits; all of it is proven by checksums.
 *
 * @param outer the container as it lies in the free bits
 * @param inner the container of the file: the outer one, or the one within its encryption; null if
 *     that was not opened
 * @param repairedBytes wrong bytes that parity set right
 * @param damagedChecksums blocks whose own checksum was damaged, not their content
 */
public record Extraction(
    ContainerHeader outer, ContainerHeader inner, long repairedBytes, long damagedChecksums) {
  /** Says whether the payload is stored encrypted. */
  public boolean isEncrypted() {
    return outer.flags().contains(ContainerFlag.ENCRYPTED);
  }

  /** Says whether the file is known: it was not encrypted, or was opened. */
  public boolean isOpen() {
    return inner != null;
  }

  /** Says whether the file is stored compressed; known of an open one only. */
  public boolean isCompressed() {
    return isOpen() && inner.flags().contains(ContainerFlag.COMPRESSED);
  }

  /** Says whether parity is stored that can set wrong bytes right. */
  public boolean hasParity() {
    return outer.flags().contains(ContainerFlag.PARITY);
  }

  /** Adds what was seen when the same payload was opened, which was proven and repaired before. */
  public Extraction opened(Extraction open) {
    return new Extraction(open.outer, open.inner, repairedBytes, damagedChecksums);
  }
}
