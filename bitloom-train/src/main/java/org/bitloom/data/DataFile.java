package org.bitloom.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * One source file, wherever it lies: on disk or inside the program, plain or gzipped.
 *
 * @param location path or resource name, for messages
 * @param gzipped whether the bytes must be unpacked
 * @param source opens the bytes as they lie there
 */
record DataFile(String location, boolean gzipped, Source source) {
  /** Size of the reads from a gzipped file, in bytes. */
  private static final int PACKED_CHUNK = 1 << 16;

  /** Opens a file; the caller closes the stream. */
  interface Source {
    InputStream open() throws IOException;
  }

  /** Finds {@code name} or {@code name.gz} in {@code folder}; the unpacked one is preferred. */
  static Optional<DataFile> in(Path folder, String name) {
    Path plain = folder.resolve(name);
    if (Files.isRegularFile(plain)) {
      return Optional.of(new DataFile(plain.toString(), false, () -> Files.newInputStream(plain)));
    }
    Path packed = folder.resolve(name + ".gz");
    if (Files.isRegularFile(packed)) {
      return Optional.of(new DataFile(packed.toString(), true, () -> Files.newInputStream(packed)));
    }
    return Optional.empty();
  }

  /** Names a gzipped file bundled with the program, if it is there. */
  static Optional<DataFile> bundled(String set, String name) {
    String resource = set + "/" + name + ".gz";
    if (DataFile.class.getResource(resource) == null) {
      return Optional.empty();
    }
    return Optional.of(new DataFile("bundled:" + resource, true, () -> openResource(resource)));
  }

  private static InputStream openResource(String resource) throws IOException {
    InputStream in = DataFile.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("bundled file " + resource + " must be in the program, found none");
    }
    return in;
  }

  /** Opens the unpacked bytes; the caller closes the stream. */
  InputStream open() throws IOException {
    InputStream in = source.open();
    if (!gzipped) {
      return in;
    }
    try {
      return new GZIPInputStream(in, PACKED_CHUNK);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
