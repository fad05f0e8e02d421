package org.bitloom.seal;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import org.bitloom.payload.ContainerFlag;
import org.bitloom.payload.ContainerReader.Unpacker;
import org.bitloom.payload.ContainerWriter.Packer;

/** Compresses with zstd. */
final class Compression {
  /** Dense, yet still tens of megabytes a second; the same level gives the same bytes. */
  private static final int LEVEL = 9;

  /**
   * Of what it unpacks zstd keeps so much at hand, 2^25 bytes; a frame may ask for far more. What
   * level 9 writes asks for an eighth of it.
   */
  private static final int MAX_WINDOW_LOG = 25;

  private Compression() {}

  static Packer packer(Set<ContainerFlag> flags) {
    return flags.contains(ContainerFlag.COMPRESSED) ? Compression::pack : Packer.NONE;
  }

  static Unpacker unpacker(Set<ContainerFlag> flags) {
    return flags.contains(ContainerFlag.COMPRESSED) ? Compression::unpack : Unpacker.NONE;
  }

  private static OutputStream pack(OutputStream body) throws IOException {
    return new ZstdOutputStreamNoFinalizer(body, LEVEL);
  }

  private static InputStream unpack(InputStream body) throws IOException {
    return new ZstdInputStreamNoFinalizer(body).setLongMax(MAX_WINDOW_LOG);
  }
}
