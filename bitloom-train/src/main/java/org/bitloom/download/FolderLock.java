package org.bitloom.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.bitloom.io.ProcessLock;

/**
 * Lets one process at a time work in a folder.
 *
 * <p>The lock is a {@link ProcessLock} on the file {@code .lock}.
 */
public final class FolderLock {
  /** Name of the file that is locked. */
  public static final String NAME = ".lock";

  private static final long POLL_MILLIS = 100;

  /** Locks of the system count for the process, so its threads take turns first. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private FolderLock() {}

  /** Work in a folder. */
  public interface Work {
    void run() throws IOException;
  }

  /**
   * Runs {@code work} while no other process does so in {@code folder}, which must exist.
   *
   * @param busy told once if another process must be waited for
   */
  public static void run(Path folder, Runnable busy, Work work) throws IOException {
    THREADS.lock();
    try {
      Path file = folder.resolve(NAME);
      Optional<ProcessLock> lock = ProcessLock.tryLock(file);
      if (lock.isEmpty()) {
        busy.run();
      }
      while (lock.isEmpty()) {
        pause();
        lock = ProcessLock.tryLock(file);
      }
      try {
        work.run();
      } finally {
        lock.get().close();
      }
    } finally {
      THREADS.unlock();
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
