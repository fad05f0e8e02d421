package org.bitloom.payload;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.zip.CRC32C;

/** Writes a body in blocks, each followed by its CRC32C. */
final class BlockOutput extends OutputStream {
  private final OutputStream out;
  private final byte[] block = new byte[Blocks.DATA_BYTES + Blocks.CHECKSUM_BYTES];
  private final CRC32C checksum = new CRC32C();
  private int filled;
  private long bodyBytes;

  BlockOutput(OutputStream out) {
    this.out = out;
  }

  /** Returns the bytes of the body so far. */
  long bodyBytes() {
    return bodyBytes;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, source.length);
    int done = 0;
    while (done < count) {
      int part = Math.min(count - done, Blocks.DATA_BYTES - filled);
      System.arraycopy(source, from + done, block, filled, part);
      filled += part;
      done += part;
      if (filled == Blocks.DATA_BYTES) {
        end();
      }
    }
    bodyBytes += count;
  }

  /** Writes the last block if it has begun; {@code out} stays open. */
  void finish() throws IOException {
    if (filled > 0) {
      end();
    }
  }

  private void end() throws IOException {
    checksum.reset();
    checksum.update(block, 0, filled);
    ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).putInt(filled, (int) checksum.getValue());
    out.write(block, 0, filled + Blocks.CHECKSUM_BYTES);
    filled = 0;
  }
}
