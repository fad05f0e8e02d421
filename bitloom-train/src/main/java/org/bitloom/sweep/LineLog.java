package org.bitloom.sweep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.io.AtomicFiles;

/**
 * A file of lines that grows at its end and survives kills and full disks.
 *
 * <p>Only what ends with a line break is a line. Half a line, which a kill or a full disk leaves,
 * is none: the next one is written over it.
 */
final class LineLog {
  private final Path file;
  private final Disk disk;
  private final List<String> lines = new ArrayList<>();

  /** Bytes of the whole lines. */
  private long length;

  /** Where the bytes go; tests put a full one in its place. */
  interface Disk {
    /** The disk of this machine. */
    Disk REAL = LineLog::write;

    /** Writes the bytes at a position, as the end of the file, and waits until they are there. */
    void write(Path file, long position, ByteBuffer bytes) throws IOException;
  }

  private LineLog(Path file, Disk disk) {
    this.file = file;
    this.disk = disk;
  }

  /** Opens the file, or begins it with the first line. */
  static LineLog open(Path file, Disk disk) throws IOException {
    LineLog log = new LineLog(file, disk);
    if (Files.exists(file)) {
      byte[] bytes = Files.readAllBytes(file);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      new String(bytes, 0, end, StandardCharsets.UTF_8).lines().forEach(log.lines::add);
      log.length = end;
    }
    return log;
  }

  /** Returns the whole lines, without their line breaks. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /**
   * Writes a line and waits until it is on the disk.
   *
   * @throws IOException if it is not; the lines before it are as they were
   */
  void append(String line) throws IOException {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    disk.write(file, length, ByteBuffer.wrap(bytes));
    length += bytes.length;
    lines.add(line);
  }

  /** Puts other lines in the place of all. */
  void rewrite(List<String> others) throws IOException {
    StringBuilder text = new StringBuilder();
    others.forEach(line -> text.append(line).append('\n'));
    AtomicFiles.writeString(file, text.toString());
    lines.clear();
    lines.addAll(others);
    length = text.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static void write(Path file, long position, ByteBuffer bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(position);
      channel.position(position);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
