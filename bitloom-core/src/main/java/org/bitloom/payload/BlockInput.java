package org.bitloom.payload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.zip.CRC32C;

/** Reads a body in blocks and remembers which of them do not match their CRC32C. */
final class BlockInput extends InputStream {
  private final InputStream in;
  private final long bodyBytes;
  private final byte[] block = new byte[Blocks.DATA_BYTES + Blocks.CHECKSUM_BYTES];
  private final CRC32C checksum = new CRC32C();
  private final BlockDamage damage;
  private long begun;
  private int at;
  private int filled;

  BlockInput(InputStream in, long bodyBytes) {
    this.in = in;
    this.bodyBytes = bodyBytes;
    this.damage = new BlockDamage(bodyBytes);
  }

  /** Returns what was found wrong so far. */
  BlockDamage damage() {
    return damage;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, target.length);
    if (count == 0) {
      return 0;
    }
    if (at == filled && !next()) {
      return -1;
    }
    int part = Math.min(count, filled - at);
    System.arraycopy(block, at, target, from, part);
    at += part;
    return part;
  }

  private boolean next() throws IOException {
    if (begun >= bodyBytes) {
      return false;
    }
    int data = (int) Math.min(Blocks.DATA_BYTES, bodyBytes - begun);
    int stored = in.readNBytes(block, 0, data + Blocks.CHECKSUM_BYTES);
    if (stored < data + Blocks.CHECKSUM_BYTES) {
      damage.addFrom(begun);
      begun = bodyBytes;
      return false;
    }
    checksum.reset();
    checksum.update(block, 0, data);
    int expected = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).getInt(data);
    if ((int) checksum.getValue() != expected) {
      damage.add(begun);
    }
    begun += data;
    at = 0;
    filled = data;
    return true;
  }
}
