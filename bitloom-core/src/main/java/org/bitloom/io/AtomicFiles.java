package org.bitloom.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files that are either the old or the new one, also if the process or the machine dies.
 *
 * <p>The bytes go to a temporary file in the same folder, are forced to the disk, and then take the
 * place of the target in one step. A failure leaves the target as it was and removes the temporary
 * file; only a killed process leaves one behind, until the next write to the folder.
 */
public final class AtomicFiles {
  private static final int BUFFER_BYTES = 1 << 16;

  private AtomicFiles() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Body {
    /** Writes everything to {@code out}, which is buffered and may be closed or left open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes the content of a file and may go back in it. */
  @FunctionalInterface
  interface ChannelBody {
    void writeTo(FileChannel out) throws IOException;
  }

  /**
   * Writes {@code target}, new or in place of the old one; its folder must exist.
   *
   * <p>A symbolic link stays a link: the file it points to is replaced. A device or a pipe gets the
   * bytes as they come.
   *
   * @throws IOException if the body or the disk fails; the old target is untouched then
   */
  public static void write(Path target, Body body) throws IOException {
    if (isStream(target)) {
      try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.WRITE)) {
        BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
        body.writeTo(buffered);
        buffered.flush();
      }
      return;
    }
    writeChannel(
        target,
        channel -> {
          OutputStream out = new Unclosed(Channels.newOutputStream(channel));
          body.writeTo(out);
          out.flush();
        });
  }

  /** Says whether a path is a device or a pipe, which can be written to but not replaced. */
  public static boolean isStream(Path path) {
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  /** Writes {@code text} as UTF-8, otherwise as {@link #write}. */
  public static void writeString(Path target, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(target, out -> out.write(bytes));
  }

  /**
   * Writes {@code text} as UTF-8 so that readers see the old file or the new one, but does not wait
   * for the disk: for what is written often and means nothing once the machine has crashed, which
   * may leave the file empty.
   */
  public static void writeUnforced(Path target, String text) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    try (TemporaryFile temporary = TemporaryFile.create(folder)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        temporary.channel().write(bytes);
      }
      temporary.renameTo(target);
    }
  }

  /**
   * Gives a file that is written and closed its final name, in place of what had the name.
   *
   * @param finished lies in the folder of {@code target}
   */
  public static void moveFinished(Path finished, Path target) throws IOException {
    try (FileChannel channel = FileChannel.open(finished, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null) {
      forceFolder(folder);
    }
  }

  static void writeChannel(Path target, ChannelBody body) throws IOException {
    if (isStream(target)) {
      throw new FileSystemException(
          target.toString(), null, "a file is needed here, found a device or a pipe");
    }
    Path real = Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath();
    Path folder = real.getParent();
    if (folder == null) {
      throw new IOException("target must be a file, got " + target);
    }
    try (TemporaryFile temporary = TemporaryFile.create(folder)) {
      temporary.deleteOldLeftovers();
      body.writeTo(temporary.channel());
      temporary.moveTo(real);
    }
    forceFolder(folder);
  }

  /**
   * Deletes the temporary files of killed processes in a folder.
   *
   * @param folder in which no other process may write now; elsewhere leave it to {@link #write},
   *     which deletes those that are ten minutes old
   */
  public static void deleteLeftovers(Path folder) {
    TemporaryFile.deleteLeftovers(folder);
  }

  /** Makes the new name durable where a folder can be opened; Windows cannot and need not. */
  private static void forceFolder(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
    try (channel) {
      channel.force(true);
    }
  }

  /** Keeps the file open for the force that follows when the body closes its stream. */
  private static final class Unclosed extends BufferedOutputStream {
    Unclosed(OutputStream out) {
      super(out, BUFFER_BYTES);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
