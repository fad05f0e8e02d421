package org.bitloom.seal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.bitloom.payload.PayloadException;
import org.bitloom.payload.PayloadException.Kind;

/** Says in our words when an age file turns out to be damaged further on. */
final class Decrypted extends FilterInputStream {
  Decrypted(InputStream plain) {
    super(plain);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    try {
      return in.read(target, from, count);
    } catch (com.exceptionfactory.jagged.PayloadException | RuntimeException e) {
      throw new PayloadException(
          Kind.DAMAGED,
          "encrypted payload is damaged, cut off or lengthened: a piece of it is not what was"
              + " encrypted",
          "use an undamaged copy of the model or of the age file");
    }
  }
}
