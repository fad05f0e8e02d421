package org.bitloom.payload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.FrozenBits;
import org.bitloom.error.UsageException;
import org.bitloom.io.AtomicFiles;
import org.bitloom.io.Sha256;

/**
 * Holds all free bits of a network that is to be trained around them.
 *
 * <p>The bytes are the string that {@link FreeBits} describes, without the bits after its last
 * whole byte.
 */
public final class PayloadBits {
  private static final int BITS_PER_BYTE = 8;

  private final byte[] bytes;

  private PayloadBits(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies free bits that were filled before any training. */
  public static PayloadBits of(FreeBits bits) {
    byte[] bytes = new byte[Math.toIntExact(bits.capacity().bytes())];
    bits.read(0, bytes, 0, bytes.length);
    return new PayloadBits(bytes);
  }

  /** Reads what {@link #write} wrote. */
  public static PayloadBits read(Path file) throws IOException {
    return new PayloadBits(Files.readAllBytes(file));
  }

  /** Writes the bytes to a file, whole or not at all. */
  public void write(Path file) throws IOException {
    AtomicFiles.write(file, out -> out.write(bytes));
  }

  /** Returns the checksum of the bytes, 64 digits 0-9a-f. */
  public String sha256() {
    MessageDigest digest = Sha256.digest();
    digest.update(bytes);
    return Sha256.hex(digest);
  }

  /** Returns a source of frozen bits for one network; each serves once. */
  public Source source() {
    return new Source();
  }

  /** Deals the bits out, tensor by tensor in layer order. */
  public final class Source implements FrozenBits {
    private long taken;
    private long seen;

    private Source() {}

    @Override
    public void fill(String name, BitLayout layout, int[] codes) {
      for (int bit : layout.frozenBits()) {
        int set = 1 << bit;
        for (int i = 0; i < codes.length && taken >>> 3 < bytes.length; i++, taken++) {
          int value = bytes[(int) (taken >>> 3)] >>> (taken & 7) & 1;
          codes[i] = value == 0 ? codes[i] & ~set : codes[i] | set;
        }
      }
      seen += (long) layout.frozenBits().length * codes.length;
    }

    /**
     * Checks that the network had as many free bits as there are.
     *
     * @throws UsageException if the bits are those of another network
     */
    public void requireFit() {
      if (seen / BITS_PER_BYTE != bytes.length) {
        throw new UsageException(
            "the network must have the "
                + bytes.length
                + " bytes of free bits that the payload was laid out for, it has "
                + seen / BITS_PER_BYTE,
            "lay the payload out for this network");
      }
    }
  }
}
