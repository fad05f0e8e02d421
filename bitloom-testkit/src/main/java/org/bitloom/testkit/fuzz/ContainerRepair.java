package org.bitloom.testkit.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Makes the checksums of a payload container right: that of its header and those of its blocks, as
 * docs/format.md lays them out. The checksum of the content stays what it is.
 */
public final class ContainerRepair {
  private static final int FIXED_BYTES = 92;
  private static final int DIGEST_AT = 60;
  private static final int NAME_BYTES_AT = 10;
  private static final int BODY_BYTES_AT = 12;
  private static final int BLOCK = 4096;

  private ContainerRepair() {}

  /** Returns a copy whose checksums are right as far as there is room for them. */
  public static byte[] repair(byte[] input) {
    if (input.length < FIXED_BYTES) {
      return input;
    }
    byte[] bytes = input.clone();
    ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int nameBytes = fields.getShort(NAME_BYTES_AT) & 0xFFFF;
    int headerBytes = Math.min(FIXED_BYTES + nameBytes, bytes.length);
    byte[] proven = new byte[DIGEST_AT + headerBytes - FIXED_BYTES];
    System.arraycopy(bytes, 0, proven, 0, DIGEST_AT);
    System.arraycopy(bytes, FIXED_BYTES, proven, DIGEST_AT, headerBytes - FIXED_BYTES);
    System.arraycopy(SafetensorsRepair.sha256(proven), 0, bytes, DIGEST_AT, 32);
    long left = fields.getLong(BODY_BYTES_AT);
    for (int at = headerBytes; left > 0; ) {
      int data = (int) Math.min(BLOCK, left);
      if (at + data + Integer.BYTES > bytes.length) {
        return bytes;
      }
      CRC32C checksum = new CRC32C();
      checksum.update(Arrays.copyOfRange(bytes, at, at + data));
      fields.putInt(at + data, (int) checksum.getValue());
      at += data + Integer.BYTES;
      left -= data;
    }
    return bytes;
  }
}
