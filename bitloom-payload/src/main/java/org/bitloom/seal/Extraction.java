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
}
