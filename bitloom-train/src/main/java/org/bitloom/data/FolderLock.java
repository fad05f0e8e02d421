package org.bitloom.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one process at a time work in a folder.
 *
 * <p>The lock is one of the operating system on the file {@code .lock}: it ends with its process,
 * however that ends. The empty file stays, for deleting it would let two processes hold the lock of
 * two files.
 */
final class FolderLock {
  static final String NAME = ".lock";
  private static final long POLL_MILLIS = 100;

  /** Locks of the system count for the process, so its threads take turns first. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private FolderLock() {}

  /** Work in a folder. */
  interface Work {
    void run() throws IOException;
  }

  /**
   * Runs {@code work} while no other process does so in {@code folder}, which must exist.
   *
   * @param busy told once if another process must be waited for
   */
  static void run(Path folder, Runnable busy, Work work) throws IOException {
    THREADS.lock();
    try (FileChannel file =
        FileChannel.open(
            folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock lock = tryLock(file);
      if (lock == null) {
        busy.run();
      }
      while (lock == null) {
        pause();
        lock = tryLock(file);
      }
      work.run(); // closing the file gives the lock back
    } finally {
      THREADS.unlock();
    }
  }

  private static FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this process, but not through this class
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("waiting for another process was interrupted");
    }
  }
}
