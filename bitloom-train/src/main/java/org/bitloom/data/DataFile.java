package org.bitloom.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.bitloom.io.FileKind;

/**
 * One source file, wherever it lies: on disk or inside the program, plain or gzipped. Which of the
 * two is told by its first bytes, whatever its name says.
 *
 * @param location path or resource name, for messages
 * @param source opens the bytes as they lie there
 */
record DataFile(String location, Source source) {
  /** Size of the reads from a gzipped file, in bytes. */
  private static final int PACKED_CHUNK = 1 << 16;

  /** Ends the names of gzipped files, mostly. */
  static final String PACKED = ".gz";

  /** Opens a file; the caller closes the stream. */
  interface Source {
    InputStream open() throws IOException;
  }

  /** Finds {@code name} or {@code name.gz} in {@code folder}; the unpacked one is preferred. */
  static Optional<DataFile> in(Path folder, String name) {
    return Stream.of(name, name + PACKED)
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .map(DataFile::at);
  }

  /** Names a file on disk. */
  static DataFile at(Path path) {
    return new DataFile(path.toString(), () -> Files.newInputStream(path));
  }

  /** Names a gzipped file bundled with the program, if it is there. */
  static Optional<DataFile> bundled(String set, String name) {
    String resource = set + "/" + name + ".gz";
    if (DataFile.class.getResource(resource) == null) {
      return Optional.empty();
    }
    return Optional.of(new DataFile("bundled:" + resource, () -> openResource(resource)));
  }

  private static InputStream openResource(String resource) throws IOException {
    InputStream in = DataFile.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("bundled file " + resource + " must be in the program, found none");
    }
    return in;
  }

  /** Opens the unpacked bytes, of which the first may be looked at; the caller closes them. */
  BufferedInputStream open() throws IOException {
    BufferedInputStream in = new BufferedInputStream(source.open());
    try {
      return FileKind.of(start(in)) == FileKind.GZIP
          ? new BufferedInputStream(new GZIPInputStream(in, PACKED_CHUNK))
          : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Returns the first bytes of a stream, and leaves them there. */
  static byte[] start(BufferedInputStream in) throws IOException {
    in.mark(FileKind.BYTES);
    byte[] start = in.readNBytes(FileKind.BYTES);
    in.reset();
    return start;
  }
}
