package org.bitloom.payload;

/** Says something about the content of a container; the ordinal is its bit in the flags. */
public enum ContainerFlag {
  /** The body is a zstd frame of the content. */
  COMPRESSED,
  /** The body is an age file whose plain text is a container. */
  ENCRYPTED,
  /** Reed-Solomon parity of the container follows it. */
  PARITY
}
