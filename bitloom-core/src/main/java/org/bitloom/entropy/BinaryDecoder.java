package org.bitloom.entropy;

/** Reads what {@link BinaryEncoder} wrote. */
final class BinaryDecoder implements BinaryCoder {
  private final byte[] code;
  private int at;
  private int low;
  private int high = -1;
  private int number;

  BinaryDecoder(byte[] code) {
    this.code = code;
    for (int i = 0; i < Integer.BYTES; i++) {
      number = (number << Byte.SIZE) | next();
    }
  }

  /** Returns the next byte, 0 behind the end: an encoder leaves zeros out there. */
  private int next() {
    int found = at < code.length ? code[at] & 0xff : 0;
    at++;
    return found;
  }

  /**
   * Reads one bit.
   *
   * @throws IllegalArgumentException if there is no more to read
   */
  @Override
  public int code(int bit, int chance) {
    int middle = BinaryEncoder.middle(low, high, chance);
    int read = Integer.compareUnsigned(number, middle) <= 0 ? 1 : 0;
    if (read == 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
    while (BinaryEncoder.beginAlike(low, high)) {
      low <<= Byte.SIZE;
      high = (high << Byte.SIZE) | 0xff;
      number = (number << Byte.SIZE) | next();
      if (bytes() >= code.length) {
        throw new IllegalArgumentException(
            "the code must hold all weights, ends before the last after " + code.length + " bytes");
      }
    }
    return read;
  }

  @Override
  public int bytes() {
    return at - Integer.BYTES;
  }

  /**
   * Checks that nothing is left.
   *
   * @throws IllegalArgumentException if there is
   */
  void checkEnd() {
    if (bytes() + 1 != code.length) { // the encoder's last byte
      throw new IllegalArgumentException(
          "the code must end with the last weight, after "
              + (bytes() + 1)
              + " bytes, got "
              + code.length);
    }
  }
}
