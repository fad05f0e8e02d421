package org.bitloom.sweep;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitloom.error.UsageException;
import org.bitloom.io.AtomicFiles;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.Json;
import org.bitloom.io.ProcessLock;
import org.bitloom.settings.Version;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.SweepRun;

/** The folder of a sweep: results.jsonl, times.jsonl and runs/ with a folder per run. */
public final class SweepFolder implements AutoCloseable {
  /** Key of sweep.json: how many runs its last command planned. */
  static final String PLANNED = "runs";

  static final String LOCK = ".lock";
  static final String RUNS = "runs";
  static final String DESCRIPTION = "sweep.json";
  private static final String DATA = "data";
  static final String RESULTS = "results.jsonl";

  private final Path folder;
  private final ProcessLock lock;
  private final ResultLog results;
  private final RunTimes times;
  private SweepData data;

  private SweepFolder(Path folder, ProcessLock lock) throws IOException {
    this.folder = folder;
    this.lock = lock;
    this.results = ResultLog.open(folder.resolve(RESULTS));
    this.times = RunTimes.open(folder.resolve("times.jsonl"));
    this.data = data(folder.resolve(DESCRIPTION));
  }

  /**
   * Opens the folder of a sweep, or makes it.
   *
   * @throws UsageException if it holds something else, or another process works in it
   * @throws IOException if its results are damaged
   */
  public static SweepFolder open(Path folder) throws IOException {
    checkFree(folder);
    Files.createDirectories(folder.resolve(RUNS));
    ProcessLock lock = lock(folder);
    AtomicFiles.deleteLeftovers(folder);
    try {
      return new SweepFolder(folder, lock);
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /** Checks, without changing anything, that {@link #open} may use the folder. */
  public static void checkFree(Path folder) throws IOException {
    if (!Files.exists(folder) || Files.exists(folder.resolve(LOCK))) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new UsageException(
          "the folder of a sweep must be a folder, got the file " + folder, "choose another --out");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        throw new UsageException(
            "the folder of a sweep must be new, empty or a sweep, " + folder + " holds other files",
            "choose another --out");
      }
    }
  }

  private static ProcessLock lock(Path folder) throws IOException {
    return ProcessLock.tryLock(folder.resolve(LOCK))
        .orElseThrow(
            () ->
                new UsageException(
                    "only one process may work in the folder of a sweep, another is working in "
                        + folder,
                    "wait for it to end"));
  }

  ResultLog results() {
    return results;
  }

  RunTimes times() {
    return times;
  }

  /**
   * Writes down which command the sweep was begun or gone on with, by which versions, and on what.
   *
   * @param planned runs of the command, those that ended before too
   * @param sha256 checksums of the data, by the names that the runs have for them
   */
  public void describe(String command, int planned, Map<String, String> sha256) throws IOException {
    data = data.and(sha256);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("command", command);
    object.put("bitloom", Version.current());
    object.put("java", Runtime.version().toString());
    object.put(PLANNED, planned);
    object.put(DATA, data.sha256());
    AtomicFiles.writeString(file(DESCRIPTION), Json.print(object) + "\n");
  }

  /** Returns the data of the runs so far. */
  SweepData data() {
    return data;
  }

  private static SweepData data(Path description) throws IOException {
    if (!Files.exists(description)) {
      return new SweepData(Map.of());
    }
    try {
      return Json.parse(Files.readString(description)) instanceof Map<?, ?> object
          ? SweepData.parse(object.get(DATA))
          : new SweepData(Map.of());
    } catch (IllegalArgumentException e) {
      throw new CorruptFileException(description, "a JSON object", e.getMessage());
    }
  }

  /** Returns the path of a file of the sweep itself. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Returns the folder of a run. */
  public Path run(SweepRun run) {
    return folder.resolve(RUNS).resolve(run.id());
  }

  /** Deletes the folder of a run, whose result stays; does nothing if there is none. */
  public void drop(SweepRun run) throws IOException {
    if (Files.exists(run(run))) {
      delete(run(run));
    }
  }

  /** Takes away the result of a run that is to be trained again; does nothing if it has none. */
  public void forget(SweepRun run) throws IOException {
    results.forget(end -> end.run().id().equals(run.id()));
  }

  /** Returns the ends of all runs so far, of earlier sweeps in this folder too. */
  public List<RunResult> ends() {
    return results.ends();
  }

  /** Deletes the folders of finished runs that are not to be kept. */
  void prune(Keep keep) throws IOException {
    if (keep == Keep.ALL) {
      return;
    }
    List<RunResult.Finished> finished = new ArrayList<>();
    for (RunResult end : results.ends()) {
      if (end instanceof RunResult.Finished run) {
        finished.add(run);
      }
    }
    Set<String> idle = finished.stream().map(run -> run.run().id()).collect(Collectors.toSet());
    finished.stream().filter(keep.among(finished)).forEach(run -> idle.remove(run.run().id()));
    List<Path> folders;
    try (Stream<Path> entries = Files.list(folder.resolve(RUNS))) {
      folders = entries.toList();
    }
    for (Path run : folders) {
      if (idle.contains(run.getFileName().toString())) {
        delete(run);
      }
    }
  }

  static void delete(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
