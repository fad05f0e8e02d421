package org.bitloom.payload;

/** Says something about the content of a container. */
public enum ContainerFlag {
  /** The body is a zstd frame of the content. */
  COMPRESSED(1),
  /** The body is an age file whose plain text is a container. */
  ENCRYPTED(2),
  /** Reed-Solomon parity of the container follows it. */
  PARITY(4);

  private final int value;

  ContainerFlag(int value) {
    this.value = value;
  }

  /** Returns the bit that stands for it in the flags. */
  int value() {
    return value;
  }
}
