package org.bitloom.payload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.bitloom.io.Sha256;
import org.bitloom.payload.PayloadException.Kind;

/** Reads a container that nobody vouches for. */
public final class ContainerReader {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ContainerHeader header;
  private final BlockInput body;

  private ContainerReader(ContainerHeader header, BlockInput body) {
    this.header = header;
    this.body = body;
  }

  /** Changes a body back into the content. */
  @FunctionalInterface
  public interface Unpacker {
    /** Takes the body as the content. */
    Unpacker NONE = body -> body;

    /** Returns the content of {@code body}; whatever is wrong with it is an exception. */
    InputStream unpack(InputStream body) throws IOException;
  }

  /**
   * Reads the header of a container that begins at the next byte.
   *
   * @throws PayloadException if there is none or it is damaged
   */
  public static ContainerReader open(InputStream in) throws IOException {
    ContainerHeader header = ContainerHeader.read(in);
    return new ContainerReader(header, new BlockInput(in, header.bodyBytes()));
  }

  /** Says whether the next bytes are those with which every container begins. */
  public static boolean begins(InputStream in) throws IOException {
    return ContainerHeader.isMagic(in.readNBytes(Long.BYTES));
  }

  /** Returns what the container says about itself. */
  public ContainerHeader header() {
    return header;
  }

  /** Returns the body; what it holds is unproven. */
  public InputStream body() {
    return body;
  }

  /**
   * Writes the content to {@code out} and proves it by its checksum.
   *
   * @return the number of blocks whose own checksum is wrong although the content is right
   * @throws PayloadException if it is not what was stored; {@code out} got wrong bytes then
   */
  public long copyTo(OutputStream out, Unpacker unpacker) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[BUFFER_BYTES];
    InputStream content = null;
    long left = header.contentBytes();
    while (left >= 0) {
      int count;
      try {
        content = content == null ? unpacker.unpack(body) : content;
        count = content.read(buffer);
      } catch (IOException | RuntimeException e) {
        throw damaged("content cannot be unpacked, " + e.getMessage());
      }
      if (count < 0) {
        break;
      }
      left -= count;
      if (left >= 0) {
        digest.update(buffer, 0, count);
        out.write(buffer, 0, count);
      }
    }
    if (left != 0 || !Sha256.hex(digest).equals(header.sha256())) {
      throw damaged("content must match its length and checksum, found another");
    }
    return body.damage().blocks();
  }

  /** Names the damaged blocks if there are any, or else the reason. */
  private PayloadException damaged(String otherwise) throws IOException {
    body.transferTo(OutputStream.nullOutputStream());
    String found = body.damage().blocks() > 0 ? "found " + body.damage() : otherwise;
    return new PayloadException(
        Kind.DAMAGED,
        "payload is damaged: " + found,
        "use an undamaged copy of the model; --ecc makes the next one repairable");
  }
}
