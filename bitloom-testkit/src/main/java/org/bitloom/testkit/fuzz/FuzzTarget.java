package org.bitloom.testkit.fuzz;

import java.io.IOException;
import java.util.List;

/**
 * A reader under fuzzing. An implementation has a constructor without parameters, which prepares
 * whatever all readings share.
 */
public interface FuzzTarget {
  /** Returns good files, which the reader must accept; all inputs come of them. */
  List<byte[]> seeds() throws IOException;

  /**
   * Reads an input, and checks what was read if that can be known.
   *
   * @return true if the reader accepted it, false if it refused it in the way it documents
   * @throws Exception anything else: a finding
   */
  boolean read(byte[] input) throws Exception;

  /** Returns {@code input} with lengths and checksums made right, so that it is read further. */
  default byte[] repair(byte[] input) {
    return input;
  }

  /** Returns a change of a good file; one that knows the format gets further than any byte does. */
  default byte[] vary(byte[] seed, Mutator mutator) {
    return mutator.mutate(seed);
  }

  /** Returns pieces of the format that a change may put anywhere. */
  default List<byte[]> words() {
    return List.of();
  }
}
