package org.bitloom.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * A file that takes the place of another one when it is whole: {@code .bitloom-PID-UUID.tmp}.
 *
 * <p>Its writer holds its lock, so a file whose lock is free was left behind by a killed process.
 * The number of the process is for people only: another machine or container that shares the folder
 * may have a process of the same number.
 */
final class TemporaryFile implements AutoCloseable {
  private static final String LEFTOVERS = ".bitloom-*.tmp";

  /**
   * How long a leftover stays in a folder that others may write to. Some network file systems keep
   * locks to one machine; what is written elsewhere is at least young.
   */
  private static final Duration STAY = Duration.ofMinutes(10);

  private final Path path;
  private final ProcessLock lock;

  private TemporaryFile(Path path, ProcessLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Makes an empty one with the permissions of the umask, unlike {@code createTempFile}. */
  static TemporaryFile create(Path folder) throws IOException {
    while (true) {
      String name = ".bitloom-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID() + ".tmp";
      Path path = folder.resolve(name);
      Optional<ProcessLock> lock = ProcessLock.create(path);
      if (lock.isPresent()) {
        TemporaryFile file = new TemporaryFile(path, lock.get());
        if (Files.exists(path)) {
          return file;
        }
        file.close(); // taken for a leftover before its lock was taken
      }
    }
  }

  FileChannel channel() {
    return lock.channel();
  }

  /** Forces the content to the disk and gives the file its final name. */
  void moveTo(Path target) throws IOException {
    channel().force(true);
    renameTo(target);
  }

  /** Gives the file its final name, whenever its content reaches the disk. */
  void renameTo(Path target) throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Closes the file, and deletes it unless it has got its final name. */
  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(path);
    } finally {
      lock.close();
    }
  }

  /** Deletes leftovers beside this file that have not been written to for a while. */
  void deleteOldLeftovers() throws IOException {
    // The clock of the file system: that of this machine may be another.
    FileTime now = Files.getLastModifiedTime(path);
    deleteLeftovers(path.toAbsolutePath().getParent(), FileTime.from(now.toInstant().minus(STAY)));
  }

  /** Deletes all leftovers in a folder, however young. */
  static void deleteLeftovers(Path folder) {
    deleteLeftovers(folder, FileTime.fromMillis(Long.MAX_VALUE));
  }

  private static void deleteLeftovers(Path folder, FileTime before) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, LEFTOVERS)) {
      for (Path file : files) {
        deleteLeftover(file, before);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Whoever may not list the folder need not tidy it up.
    }
  }

  private static void deleteLeftover(Path file, FileTime before) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.getLastModifiedTime(file).compareTo(before) >= 0) {
        return;
      }
      Optional<ProcessLock> lock = ProcessLock.tryLockExisting(file);
      if (lock.isPresent()) {
        try {
          Files.deleteIfExists(file);
        } finally {
          lock.get().close();
        }
      }
    } catch (IOException e) {
      // Another user's, or gone by now: it is in nobody's way.
    }
  }
}
