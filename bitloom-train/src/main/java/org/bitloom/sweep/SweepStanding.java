package org.bitloom.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.bitloom.io.Json;
import org.bitloom.io.ProcessLock;
import org.bitloom.worker.RunResult;

/**
 * How a sweep stands, as its folder tells whoever looks on from outside.
 *
 * @param working whether a process works in the folder
 * @param planned runs of the last command; empty for folders of versions that did not write it down
 * @param ended what is in results.jsonl
 * @param open names of the folders of runs that are not among those finished, in order
 */
public record SweepStanding(boolean working, OptionalInt planned, Ended ended, List<String> open) {
  public SweepStanding {
    open = List.copyOf(open);
  }

  /**
   * The runs that ended.
   *
   * @param finished their names
   * @param failed why, by name
   * @param stamp of the file, which tells whether it changed
   */
  public record Ended(Set<String> finished, Map<String, String> failed, String stamp) {
    static final Ended NONE = new Ended(Set.of(), Map.of(), "");

    public Ended {
      finished = Collections.unmodifiableSet(new LinkedHashSet<>(finished));
      failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
    }
  }

  /** Says whether a folder is that of a sweep, also of one that has only just begun. */
  public static boolean isSweep(Path folder) {
    return SweepReader.isSweep(folder)
        || (Files.exists(folder.resolve(SweepFolder.LOCK))
            && Files.isDirectory(folder.resolve(SweepFolder.RUNS)));
  }

  /** Returns the folder of a run by its name. */
  public static Path run(Path sweep, String name) {
    return sweep.resolve(SweepFolder.RUNS).resolve(name);
  }

  /** Looks at the folder of a sweep. Changes nothing. */
  public static SweepStanding of(Path folder) throws IOException {
    return of(folder, Ended.NONE);
  }

  /** Looks again; results that have not changed since are not read again. */
  public static SweepStanding of(Path folder, Ended before) throws IOException {
    Ended ended = ended(folder.resolve(SweepFolder.RESULTS), before);
    return new SweepStanding(isWorking(folder), planned(folder), ended, open(folder, ended));
  }

  private static boolean isWorking(Path folder) {
    try {
      return ProcessLock.isHeld(folder.resolve(SweepFolder.LOCK));
    } catch (IOException e) {
      return false; // another user's folder, which may be read only: its runs tell
    }
  }

  private static OptionalInt planned(Path folder) {
    try {
      String text = Files.readString(folder.resolve(SweepFolder.DESCRIPTION));
      if (Json.parse(text) instanceof Map<?, ?> object
          && object.get(SweepFolder.PLANNED) instanceof Long runs) {
        return OptionalInt.of(runs.intValue());
      }
    } catch (IOException | IllegalArgumentException e) {
      // not there yet, or damaged: nobody knows
    }
    return OptionalInt.empty();
  }

  private static Ended ended(Path file, Ended before) throws IOException {
    if (!Files.exists(file)) {
      return Ended.NONE;
    }
    FileTime time = Files.getLastModifiedTime(file);
    String stamp = time + " " + Files.size(file);
    if (stamp.equals(before.stamp())) {
      return before;
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    Set<String> finished = new LinkedHashSet<>();
    Map<String, String> failed = new LinkedHashMap<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      read(line)
          .ifPresent(
              end -> {
                String id = end.run().id();
                finished.remove(id);
                failed.remove(id);
                if (end instanceof RunResult.Failed failure) {
                  failed.put(id, failure.error());
                } else {
                  finished.add(id);
                }
              });
    }
    return new Ended(finished, failed, stamp);
  }

  /** Reads a line; one that is damaged tells nothing to whoever only looks on. */
  private static Optional<RunResult> read(String line) {
    try {
      return Optional.of(RunResult.parse(Json.parse(line)));
    } catch (RuntimeException e) { // of JSON, or of settings that this version does not know
      return Optional.empty();
    }
  }

  private static List<String> open(Path folder, Ended ended) throws IOException {
    List<String> open = new ArrayList<>();
    Path runs = folder.resolve(SweepFolder.RUNS);
    if (!Files.isDirectory(runs)) {
      return open;
    }
    try (Stream<Path> entries = Files.list(runs)) {
      entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> !ended.finished().contains(name))
          .sorted()
          .forEach(open::add);
    }
    return open;
  }
}
