package org.bitloom.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Holds a lock of the operating system on a file: it ends with its process, however that ends.
 *
 * <p>The empty file stays, for deleting it would let two processes hold the lock of two files.
 */
public final class ProcessLock implements AutoCloseable {
  private final FileChannel file;

  private ProcessLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes the lock, making the file if need be.
   *
   * @return empty if another process, or another part of this one, holds it
   * @throws IOException if the file cannot be opened for writing
   */
  public static Optional<ProcessLock> tryLock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean held = false;
    try {
      held = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // held by this process
    } finally {
      if (!held) {
        channel.close();
      }
    }
    return held ? Optional.of(new ProcessLock(channel)) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    file.close(); // gives the lock back
  }
}
