package org.bitloom.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds a lock of the operating system on a file: it ends with its process, however that ends.
 *
 * <p>The empty file stays, for deleting it would let two processes hold the lock of two files.
 *
 * <p>POSIX counts such locks per process: closing any channel on a file gives back all locks that
 * the process has on it. So a table tells which files this process has locked, and none of them is
 * opened a second time, by whatever path.
 */
public final class ProcessLock implements AutoCloseable {
  /** Byte that the holder takes, beyond all content: Windows keeps others from reading it. */
  private static final long TAKEN = Long.MAX_VALUE - 3;

  /** Byte that the holder takes next; who only looks tries this one, and stops no taker. */
  private static final long SEEN = Long.MAX_VALUE - 2;

  /**
   * What this process may not open again, by file: its locks, and channels on files that other code
   * in this process has locked, which would lose its lock if they were closed.
   */
  private static final Map<Object, ProcessLock> OPEN = new HashMap<>();

  private final Object file;
  private final FileChannel channel;
  private boolean held;

  private ProcessLock(Object file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock, making the file if need be.
   *
   * @return empty if another process, or another part of this one, holds it
   * @throws IOException if the file cannot be opened for reading and writing
   */
  public static Optional<ProcessLock> tryLock(Path file) throws IOException {
    return tryLock(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Takes the lock of a file that exists; a symbolic link is refused. */
  static Optional<ProcessLock> tryLockExisting(Path file) throws IOException {
    return tryLock(
        file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  private static Optional<ProcessLock> tryLock(Path file, OpenOption... options)
      throws IOException {
    synchronized (OPEN) {
      ProcessLock lock = open(file, options);
      if (lock.held) {
        return Optional.empty();
      }
      try {
        return lock.take() ? Optional.of(lock) : Optional.empty();
      } finally {
        lock.closeUnlessKept();
      }
    }
  }

  /**
   * Makes a file and takes its lock; where the file system knows no locks, it stays without.
   *
   * @return empty if another process found the new file and took its lock first
   */
  static Optional<ProcessLock> create(Path file) throws IOException {
    synchronized (OPEN) {
      ProcessLock lock = open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try {
        if (!lock.take()) {
          lock.closeUnlessKept();
          return Optional.empty();
        }
      } catch (IOException e) {
        // No locks here: others cannot take it either, and so leave the file alone.
      }
      return Optional.of(lock);
    }
  }

  /**
   * Says whether this or another process holds the lock now. Takes nothing that anyone is refused
   * for.
   *
   * @throws IOException if the file exists but cannot be opened for reading and writing
   */
  public static boolean isHeld(Path file) throws IOException {
    synchronized (OPEN) {
      if (!Files.exists(file)) {
        return false;
      }
      ProcessLock lock = open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (lock.held) {
        return true;
      }
      try (FileLock seen = lock.channel.tryLock(SEEN, 1, true)) {
        return seen == null;
      } catch (OverlappingFileLockException e) {
        OPEN.put(lock.file, lock);
        return true;
      } finally {
        lock.closeUnlessKept();
      }
    }
  }

  /** Returns what this process has open already, else opens it. */
  private static ProcessLock open(Path file, OpenOption... options) throws IOException {
    if (Files.exists(file)) {
      ProcessLock known = OPEN.get(key(file));
      if (known != null) {
        return known;
      }
    }
    FileChannel channel = FileChannel.open(file, options);
    try {
      return new ProcessLock(key(file), channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Returns what all links to a file share; its one path where the system has no such key. */
  private static Object key(Path file) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? file.toRealPath() : key;
  }

  private boolean take() throws IOException {
    FileLock taken = null;
    try {
      taken = channel.tryLock(TAKEN, 1, false);
      if (taken == null) {
        return false;
      }
      channel.lock(SEEN, 1, false); // at most a moment: whoever looks gives it back at once
      held = true;
    } catch (OverlappingFileLockException e) { // other code in this process holds it
      if (taken != null) {
        taken.release();
      }
    }
    OPEN.put(file, this);
    return held;
  }

  private void closeUnlessKept() throws IOException {
    if (OPEN.get(file) != this) {
      channel.close();
    }
  }

  /** Returns the channel on the file, open as long as the lock is held. */
  FileChannel channel() {
    return channel;
  }

  /** Gives the lock back. */
  @Override
  public void close() throws IOException {
    synchronized (OPEN) {
      held = false;
      OPEN.remove(file, this);
      channel.close();
    }
  }
}
