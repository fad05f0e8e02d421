package org.bitloom.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bitloom.error.UsageException;
import org.bitloom.io.Json;
import org.bitloom.io.ProcessLock;
import org.bitloom.run.RunReader;
import org.bitloom.worker.RunResult;

/**
 * Reads the folder of a sweep for those who look on, also while another process works in it.
 * Changes nothing, and leaves out what is damaged.
 *
 * @param folder of the sweep
 * @param description what sweep.json says; empty if there is none that can be read
 * @param ends of all runs so far, in the order in which they came
 * @param remarks what could not be read, a sentence each
 */
public record SweepReader(
    Path folder, Map<String, Object> description, List<RunResult> ends, List<String> remarks) {
  private static final int MOST_REMARKS = 5;

  public SweepReader {
    description = new LinkedHashMap<>(description);
    ends = List.copyOf(ends);
    remarks = List.copyOf(remarks);
  }

  /** Says whether a folder holds a sweep: one that has begun, and may have ended. */
  public static boolean isSweep(Path folder) {
    return Files.exists(folder.resolve(SweepFolder.DESCRIPTION))
        || Files.exists(folder.resolve(SweepFolder.RESULTS));
  }

  /**
   * Reads the folder of a sweep.
   *
   * @throws UsageException if it is none
   */
  public static SweepReader open(Path folder) throws IOException {
    if (!isSweep(folder)) {
      throw new UsageException(
          "the folder of a sweep must hold " + SweepFolder.RESULTS + ", " + folder + " has none",
          "give the folder of an earlier sweep");
    }
    List<String> remarks = new ArrayList<>();
    Map<String, Object> description = description(folder.resolve(SweepFolder.DESCRIPTION), remarks);
    List<RunResult> ends = ends(folder.resolve(SweepFolder.RESULTS), remarks);
    return new SweepReader(folder, description, ends, remarks);
  }

  private static Map<String, Object> description(Path file, List<String> remarks)
      throws IOException {
    Map<String, Object> description = new LinkedHashMap<>();
    if (Files.exists(file)) {
      try {
        ((Map<?, ?>) Json.parse(text(file)))
            .forEach((key, value) -> description.put((String) key, value));
      } catch (IllegalArgumentException | ClassCastException e) {
        remarks.add(SweepFolder.DESCRIPTION + " is damaged: the command is not known");
      }
    }
    return description;
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static List<RunResult> ends(Path file, List<String> remarks) throws IOException {
    Map<String, RunResult> ends = new LinkedHashMap<>();
    String text = Files.exists(file) ? text(file) : "";
    int number = 0;
    int damaged = 0;
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      number++;
      try {
        RunResult end = RunResult.parse(Json.parse(line));
        ends.put(end.run().id(), end);
      } catch (RuntimeException e) { // of JSON, or of settings that this version does not know
        damaged++;
        if (damaged <= MOST_REMARKS) {
          remarks.add("line " + number + " of " + SweepFolder.RESULTS + " cannot be read");
        }
      }
    }
    if (damaged > MOST_REMARKS) {
      remarks.add(damaged - MOST_REMARKS + " more lines cannot be read");
    }
    return List.copyOf(ends.values());
  }

  /** Says whether a process works in the folder now. */
  public boolean inUse() throws IOException {
    return ProcessLock.isHeld(folder.resolve(SweepFolder.LOCK));
  }

  /** Returns the folders of the runs that are there, finished or not, by name. */
  public Map<String, Path> runs() throws IOException {
    Path runs = folder.resolve(SweepFolder.RUNS);
    Map<String, Path> found = new LinkedHashMap<>();
    if (Files.isDirectory(runs)) {
      try (Stream<Path> entries = Files.list(runs)) {
        entries
            .filter(RunReader::isRun)
            .sorted()
            .forEach(run -> found.put(run.getFileName().toString(), run));
      }
    }
    return found;
  }
}
