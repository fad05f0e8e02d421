package org.bitloom.session.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.bitloom.download.FolderLock;
import org.bitloom.error.FailureException;
import org.bitloom.io.AtomicFiles;

/**
 * A folder of libraries that come from jars.
 *
 * <p>A file beside it says that they were whole, and of what size and time; if that still holds,
 * nothing else is read. Otherwise every byte is compared with the checksums of the jars. One
 * process unpacks, the others wait for it; a folder gets its name when it is whole, and one that is
 * damaged loses it, so that no process loads half of it.
 *
 * @param folder that holds them; the one above it may be shared with other programs
 * @param contents where each file comes from, by its name
 * @param variable of the environment that names another place
 */
record NativeFolder(Path folder, Map<String, URL> contents, String variable) {
  private static final String UNPACKING = "bitloom-unpacking-";

  NativeFolder {
    contents = Collections.unmodifiableMap(new LinkedHashMap<>(contents));
  }

  /**
   * Makes sure that every library is there, whole, and can be loaded from there.
   *
   * @throws FailureException if not
   */
  void ready() {
    checkMount();
    try {
      if (!isKnown()) {
        makeKnown();
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /**
   * Checks that libraries could be unpacked to the folder and loaded from it.
   *
   * @throws FailureException if not
   */
  void checkPlace() {
    checkMount();
    try {
      tryWriting();
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private void tryWriting() throws IOException {
    Files.createDirectories(above());
    Files.delete(Files.createTempFile(above(), UNPACKING, ""));
  }

  private Path above() {
    return folder.toAbsolutePath().getParent();
  }

  private void checkMount() {
    Optional<Path> mount = Mounts.ofThisProcess().withoutExecution(folder);
    if (mount.isPresent()) {
      throw new FailureException(
          "the engine must be loaded from "
              + folder
              + ", found its disk "
              + mount.get()
              + " mounted noexec",
          "set " + variable + " to a folder on another disk");
    }
  }

  private void makeKnown() throws IOException {
    try {
      tryWriting();
    } catch (IOException e) {
      if (isWhole()) {
        return; // somebody prepared it for those who may only read
      }
      throw e;
    }
    FolderLock.run(
        above(),
        () -> {},
        () -> {
          if (!isKnown()) {
            deleteLeftovers();
            if (!isWhole()) {
              unpack();
            }
            AtomicFiles.writeString(note(), state());
          }
        });
  }

  /** Says whether the files are those that were whole once. */
  private boolean isKnown() throws IOException {
    return Files.isRegularFile(note()) && Files.readString(note()).equals(state());
  }

  private Path note() {
    return folder.resolveSibling(folder.getFileName() + ".bitloom");
  }

  /** Tells size and time of each file, a line each. */
  private String state() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String name : contents.keySet()) {
      Path file = folder.resolve(name);
      lines.append(name).append(' ');
      if (Files.isRegularFile(file)) {
        lines.append(Files.size(file)).append(' ').append(Files.getLastModifiedTime(file));
      } else {
        lines.append("missing");
      }
      lines.append('\n');
    }
    return lines.toString();
  }

  private boolean isWhole() throws IOException {
    for (Map.Entry<String, URL> each : contents.entrySet()) {
      Path file = folder.resolve(each.getKey());
      Packed packed = Packed.of(each.getValue());
      if (!Files.isRegularFile(file) || Files.size(file) != packed.bytes()) {
        return false;
      }
      try (InputStream in = Files.newInputStream(file)) {
        if (copy(in, OutputStream.nullOutputStream()) != packed.crc()) {
          return false;
        }
      }
    }
    return true;
  }

  private void unpack() throws IOException {
    long needed = 0;
    for (URL source : contents.values()) {
      needed += Packed.of(source).bytes();
    }
    checkRoom(needed);
    Path fresh = Files.createTempDirectory(above(), UNPACKING);
    try {
      for (Map.Entry<String, URL> each : contents.entrySet()) {
        Path file = fresh.resolve(each.getKey());
        try (InputStream in = each.getValue().openStream();
            OutputStream out = Files.newOutputStream(file)) {
          if (copy(in, out) != Packed.of(each.getValue()).crc()) {
            throw new IOException(each.getValue() + " is damaged");
          }
        }
        AtomicFiles.moveFinished(file, file); // forced to the disk before it is called whole
      }
      if (Files.exists(folder)) { // who runs from it keeps what is open
        Files.move(folder, Files.createTempDirectory(above(), UNPACKING).resolve("damaged"));
      }
      Files.move(fresh, folder);
    } finally {
      deleteLeftovers();
    }
  }

  void checkRoom(long needed) throws IOException {
    long free = Files.getFileStore(above()).getUsableSpace();
    if (free < needed) {
      throw new FailureException(
          "the engine needs "
              + (needed >> 20)
              + " MiB in "
              + folder
              + ", found "
              + (free >> 20)
              + " MiB free",
          "free some disk space, or set " + variable + " to a folder on another disk");
    }
  }

  /** Copies all bytes and returns their checksum. */
  private static long copy(InputStream in, OutputStream out) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
    byte[] buffer = new byte[1 << 20];
    for (int count = checked.read(buffer); count >= 0; count = checked.read(buffer)) {
      out.write(buffer, 0, count);
    }
    return checked.getChecksum().getValue();
  }

  /** Deletes what this or a killed process unpacked and gave no name; the lock is held. */
  private void deleteLeftovers() throws IOException {
    List<Path> leftovers = new ArrayList<>();
    try (Stream<Path> all = Files.list(above())) {
      all.filter(path -> path.getFileName().toString().startsWith(UNPACKING))
          .forEach(leftovers::add);
    }
    for (Path leftover : leftovers) {
      try (Stream<Path> inside = Files.walk(leftover)) {
        for (Path path : inside.sorted(Collections.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private FailureException refused(IOException error) {
    String reason = String.valueOf(error.getMessage());
    if (error instanceof AccessDeniedException) {
      reason = "access denied";
    } else if (error instanceof FileAlreadyExistsException file) {
      reason = file.getFile() + " is no folder";
    } else if (error instanceof FileSystemException file && file.getReason() != null) {
      reason = file.getReason();
    }
    FailureException failure =
        new FailureException(
            "the engine must be unpacked to " + folder + ", found: " + reason,
            "free disk space or allow writing there, or set "
                + variable
                + " to another folder, which must not be mounted noexec");
    failure.initCause(error);
    return failure;
  }

  /** Size and checksum of a file in a jar. */
  private record Packed(long bytes, long crc) {
    static Packed of(URL source) throws IOException {
      JarURLConnection connection = (JarURLConnection) source.openConnection();
      connection.setUseCaches(false);
      try (JarFile jar = connection.getJarFile()) {
        JarEntry entry = jar.getJarEntry(connection.getEntryName());
        return new Packed(entry.getSize(), entry.getCrc());
      }
    }
  }
}
