package org.bitloom.download;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.bitloom.io.CorruptFileException;

/** Reads the files of a tar archive one after the other; folders and links are passed over. */
public final class TarArchive {
  private final Path path;
  private final Tar tar;

  private TarArchive(Path path, InputStream in) {
    this.path = path;
    this.tar = new Tar(in);
  }

  /** Sees each file. */
  public interface Visitor {
    /** Reads as much of {@code content} as it likes, and leaves it open. */
    void file(String name, InputStream content) throws IOException;
  }

  /**
   * Shows every regular file to {@code visitor}.
   *
   * @param path of the archive, for messages
   * @param in its bytes, unpacked; left open
   * @throws CorruptFileException if it is damaged, truncated or something else
   */
  public static void read(Path path, InputStream in, Visitor visitor) throws IOException {
    TarArchive archive = new TarArchive(path, in);
    for (TarArchiveEntry e = archive.next(); e != null; e = archive.next()) {
      if (e.getLinkFlag() == TarConstants.LF_NORMAL || e.getLinkFlag() == TarConstants.LF_OLDNORM) {
        visitor.file(e.getName(), archive.new Content());
      }
    }
  }

  private TarArchiveEntry next() throws CorruptFileException {
    try {
      TarArchiveEntry entry = tar.getNextEntry();
      if (entry != null && !entry.isCheckSumOK()) {
        throw damaged("a header with another checksum: " + entry.getName());
      }
      if (entry == null && !tar.endSeen) {
        throw damaged("its end without a block of zeros");
      }
      return entry;
    } catch (CorruptFileException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) { // the second is what long headers throw
      throw damaged(e);
    }
  }

  private CorruptFileException damaged(Exception reason) {
    CorruptFileException damaged = damaged(String.valueOf(reason.getMessage()));
    damaged.initCause(reason);
    return damaged;
  }

  private CorruptFileException damaged(String found) {
    return new CorruptFileException(path, "unpacked archive must be a whole tar archive", found);
  }

  /** Notes the end, since a cut between two files looks like one. */
  private static final class Tar extends TarArchiveInputStream {
    private boolean endSeen;

    Tar(InputStream in) {
      super(in, StandardCharsets.UTF_8.name());
    }

    @Override
    protected boolean isEOFRecord(byte[] block) {
      boolean end = super.isEOFRecord(block);
      endSeen |= end && block != null;
      return end;
    }
  }

  /** The bytes of one file; says which archive is damaged. */
  private final class Content extends FilterInputStream {
    Content() {
      super(tar);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      try {
        return super.read(into, from, most);
      } catch (IOException e) {
        throw damaged(e);
      }
    }

    @Override
    public void close() {}
  }
}
