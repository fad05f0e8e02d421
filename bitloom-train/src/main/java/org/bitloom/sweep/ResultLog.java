package org.bitloom.sweep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bitloom.io.AtomicFiles;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.Json;
import org.bitloom.worker.RunEnd;
import org.bitloom.worker.SweepRun;

/** The file results.jsonl: one line per run that ended, on disk before anyone hears of it. */
final class ResultLog {
  private final Path file;
  private final Map<String, RunEnd> ends = new LinkedHashMap<>();

  private ResultLog(Path file) {
    this.file = file;
  }

  /**
   * Opens the log, or begins it. Half a line at its end, which a killed sweep may leave, is taken
   * away.
   *
   * @throws CorruptFileException if another line is no result
   */
  static ResultLog open(Path file) throws IOException {
    ResultLog log = new ResultLog(file);
    if (Files.exists(file)) {
      String text = Files.readString(file);
      int whole = text.lastIndexOf('\n') + 1;
      for (String line : text.substring(0, whole).lines().toList()) {
        log.read(line);
      }
      if (whole < text.length()) {
        log.rewrite();
      }
    }
    return log;
  }

  private void read(String line) throws IOException {
    try {
      RunEnd end = RunEnd.parse(Json.parse(line));
      ends.put(end.run().id(), end);
    } catch (IllegalArgumentException e) {
      throw new CorruptFileException(file, "one result a line", e.getMessage());
    }
  }

  /** Returns the ends of all runs, in the order in which they came. */
  List<RunEnd> ends() {
    return List.copyOf(ends.values());
  }

  /** Returns the end of a run, if it has one. */
  Optional<RunEnd> end(SweepRun run) {
    return Optional.ofNullable(ends.get(run.id()));
  }

  /** Says whether a run was trained to its end. */
  boolean isFinished(SweepRun run) {
    return ends.get(run.id()) instanceof RunEnd.Finished;
  }

  /** Writes the line of a run and waits until it is on the disk. */
  void append(RunEnd end) throws IOException {
    ByteBuffer line = ByteBuffer.wrap(text(end).getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    }
    ends.put(end.run().id(), end);
  }

  /** Takes away the lines of failed runs that are to be tried again. */
  void forgetFailed(Predicate<SweepRun> again) throws IOException {
    List<String> ids = new ArrayList<>();
    for (RunEnd end : ends.values()) {
      if (end instanceof RunEnd.Failed && again.test(end.run())) {
        ids.add(end.run().id());
      }
    }
    if (ends.keySet().removeAll(ids)) {
      rewrite();
    }
  }

  private void rewrite() throws IOException {
    AtomicFiles.writeString(
        file, ends.values().stream().map(ResultLog::text).collect(Collectors.joining()));
  }

  private static String text(RunEnd end) {
    return Json.print(end.json()) + "\n";
  }
}
