package org.bitloom.payload;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.bitloom.error.UsageException;
import org.bitloom.io.Sha256;

/** Writes containers, as a stream or into free bits. */
public final class ContainerWriter {
  private ContainerWriter() {}

  /** Writes the content of a container; called once for each time it is written. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code out}, which may be closed or left open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Changes a content on its way into the body. */
  @FunctionalInterface
  public interface Packer {
    /** Stores the content as it is. */
    Packer NONE = out -> out;

    /** Returns a stream that writes to {@code body} and is closed when all is written. */
    OutputStream pack(OutputStream body) throws IOException;
  }

  /**
   * Writes a container to a stream.
   *
   * @param header what is written first; its lengths and checksum may be wrong
   * @return the right header, of the same length; whoever wrote a wrong one puts it in its place
   */
  public static ContainerHeader write(
      OutputStream out, ContainerHeader header, Content content, Packer packer) throws IOException {
    out.write(header.encode());
    BlockOutput body = new BlockOutput(out);
    MessageDigest digest = Sha256.digest();
    Counted counted = new Counted(packer.pack(new Unclosed(body)));
    try (DigestOutputStream digested = new DigestOutputStream(counted, digest)) {
      content.writeTo(digested);
    }
    body.finish();
    return new ContainerHeader(
        header.flags(), header.name(), body.bodyBytes(), counted.bytes, Sha256.hex(digest));
  }

  /**
   * Writes a container into free bits, from their first byte on.
   *
   * @throws UsageException if it does not fit; the bits are half written then
   */
  public static ContainerHeader write(
      FreeBits bits, ContainerHeader header, Content content, Packer packer) throws IOException {
    bits.capacity().requireRoom();
    FreeBitsOutput out = new FreeBitsOutput(bits);
    ContainerHeader written = write(out, header, content, packer);
    requireFit(out.given(), bits.capacity());
    byte[] bytes = written.encode();
    bits.write(0, bytes, 0, bytes.length);
    return written;
  }

  /**
   * Checks that {@code bytes} fit.
   *
   * @throws UsageException if they do not
   */
  public static void requireFit(long bytes, Capacity capacity) {
    if (bytes > capacity.bytes()) {
      throw new UsageException(
          "payload must fit into the "
              + capacity.bytes()
              + " bytes of free bits, needs "
              + bytes
              + " with its container ("
              + (bytes - capacity.bytes())
              + " too many)",
          "choose a smaller file, --compress, or a network with more frozen bits");
    }
  }

  /** Counts what passes. */
  private static final class Counted extends FilterOutputStream {
    private long bytes;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      bytes++;
    }

    @Override
    public void write(byte[] source, int from, int count) throws IOException {
      out.write(source, from, count);
      bytes += count;
    }
  }

  /** Keeps the body open for its last block when a packer closes what it wrote to. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] source, int from, int count) throws IOException {
      out.write(source, from, count);
    }

    @Override
    public void close() {}
  }
}
