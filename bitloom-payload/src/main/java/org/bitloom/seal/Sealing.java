package org.bitloom.seal;

import java.util.Optional;

/**
 * Says how a file is prepared for its way into free bits.
 *
 * @param compressed whether it is compressed with zstd
 * @param lock who can read it; empty = everybody
 * @param parity whether Reed-Solomon parity is added
 */
public record Sealing(boolean compressed, Optional<AgeLock> lock, boolean parity) {
  /** Stores a file as it is. */
  public static final Sealing NONE = new Sealing(false, Optional.empty(), false);
}
