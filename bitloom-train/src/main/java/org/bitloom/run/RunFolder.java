package org.bitloom.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitloom.error.UsageException;
import org.bitloom.io.AtomicFiles;
import org.bitloom.io.Json;
import org.bitloom.io.ProcessLock;
import org.bitloom.network.Network;
import org.bitloom.network.OwnNetwork;
import org.bitloom.optimizer.Platform;
import org.bitloom.script.ScriptNetwork;
import org.bitloom.session.FrozenContent;
import org.bitloom.session.ModelNetwork;
import org.bitloom.session.TrainingTask;
import org.bitloom.settings.RecordedData;
import org.bitloom.settings.RunFiles;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;
import org.bitloom.settings.Version;

/**
 * The folder of a run while this process works in it: config.json, metrics.jsonl,
 * model.safetensors, checkpoint/, and copies of the user's own network, of a network to nest and of
 * a payload.
 *
 * <p>A kill may come at any moment. A folder with a config.json is a run, which can be overwritten;
 * the file is never deleted, but replaced by that of the run that overwrites, once its copies are
 * there. A folder without it holds no more than remains of a start, which any new run may replace.
 */
final class RunFolder implements AutoCloseable {
  private static final Set<String> COPIES =
      Set.of(RunFiles.NETWORK, RunFiles.NESTED, RunFiles.PAYLOAD);
  private static final String LEFTOVER = "\\.bitloom-.*\\.tmp";

  private final RunFiles files;
  private final ProcessLock lock;
  private final ProgressFile progress;

  private RunFolder(RunFiles files, ProcessLock lock) {
    this.files = files;
    this.lock = lock;
    this.progress = new ProgressFile(files.progress());
  }

  RunFiles files() {
    return files;
  }

  /** Returns what tells lookers-on where the run stands. */
  ProgressFile progress() {
    return progress;
  }

  Checkpoint checkpoint() {
    return new Checkpoint(files.state());
  }

  /**
   * Makes an empty run folder; with {@code overwrite} an earlier run in it is deleted.
   *
   * @throws UsageException if the folder is in use and may not be overwritten
   */
  static RunFolder create(Path folder, boolean overwrite) throws IOException {
    checkFree(folder, overwrite);
    RunFolder created = lock(new RunFiles(folder));
    try {
      created.empty();
    } catch (IOException | RuntimeException | Error e) {
      created.close();
      throw e;
    }
    return created;
  }

  /** Deletes what an earlier run came to, but not its settings. */
  private void empty() throws IOException {
    Files.deleteIfExists(files.state());
    Files.deleteIfExists(files.model());
    Files.deleteIfExists(files.end());
    Files.deleteIfExists(files.metrics());
  }

  /** Checks, without changing anything, that {@link #create} may use the folder. */
  static void checkFree(Path folder, boolean overwrite) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new FileAlreadyExistsException(folder.toString(), null, "a file, not a folder");
    }
    if (isFree(folder)) {
      return;
    }
    if (!overwrite) {
      throw new UsageException(
          "output folder must be new or empty, " + folder + " is in use",
          "choose another --out, or --overwrite the run in it, or --resume it");
    }
    if (!RunReader.isRun(folder)) {
      throw new UsageException(
          "only a run may be overwritten, " + folder + " holds other files",
          "choose another --out");
    }
  }

  /** Says whether a folder is empty, or holds no more than a start that was killed leaves. */
  static boolean isFree(Path folder) throws IOException {
    List<String> names;
    try (Stream<Path> entries = Files.list(folder)) {
      names = entries.map(entry -> entry.getFileName().toString()).toList();
    }
    // a copy is made after the lock: without one it is a file of the user's
    boolean begun = Files.exists(new RunFiles(folder).lock());
    return names.stream()
            .allMatch(
                name ->
                    name.equals(RunFiles.CHECKPOINT)
                        || name.matches(LEFTOVER)
                        || (begun && COPIES.contains(name)))
        && hasNoState(new RunFiles(folder));
  }

  private static boolean hasNoState(RunFiles files) throws IOException {
    if (!Files.isDirectory(files.checkpoint())) {
      return !Files.exists(files.checkpoint());
    }
    try (Stream<Path> entries = Files.list(files.checkpoint())) {
      return entries.allMatch(
          entry -> entry.equals(files.lock()) || entry.getFileName().toString().matches(LEFTOVER));
    }
  }

  /** Opens the folder of a run to go on with it. */
  static RunFolder open(RunReader run) throws IOException {
    return lock(run.files());
  }

  /** Locks a folder, and deletes what killed processes were writing in it. */
  private static RunFolder lock(RunFiles files) throws IOException {
    Files.createDirectories(files.checkpoint());
    Optional<ProcessLock> lock = ProcessLock.tryLock(files.lock());
    RunFolder locked =
        new RunFolder(
            files,
            lock.orElseThrow(
                () ->
                    new UsageException(
                        "only one process may work in a run folder, another is working in "
                            + files.folder(),
                        "wait for it to end")));
    AtomicFiles.deleteLeftovers(files.folder());
    AtomicFiles.deleteLeftovers(files.checkpoint());
    locked.progress.clear();
    return locked;
  }

  /**
   * Begins a run: writes the copies that it needs when it is resumed, then config.json, and deletes
   * what only an earlier run needed.
   *
   * @param data that it trains on, and where they lie
   * @param device where it computes
   */
  void begin(TrainingTask task, Network network, RecordedData data, RunDevice device)
      throws IOException {
    RunSettings settings = task.settings();
    copy(task.content(), settings);
    Optional<ScriptNetwork> own =
        network instanceof OwnNetwork given ? Optional.of(given.script()) : Optional.empty();
    if (own.isPresent()) {
      AtomicFiles.write(files.network(), out -> out.write(own.get().file()));
    }
    writeConfig(task, own, data, device);
    if (own.isEmpty()) {
      Files.deleteIfExists(files.network());
    }
    if (settings.nested().isEmpty()) {
      Files.deleteIfExists(files.nested());
    }
    if (settings.payload().isEmpty()) {
      Files.deleteIfExists(files.payload());
    }
  }

  private void copy(FrozenContent content, RunSettings settings) throws IOException {
    if (settings.nested().isPresent()) {
      Path source = settings.nested().get().file();
      AtomicFiles.write(files.nested(), out -> Files.copy(source, out));
    }
    if (content.payload().isPresent()) {
      content.payload().get().write(files.payload());
    }
  }

  private void writeConfig(
      TrainingTask task, Optional<ScriptNetwork> own, RecordedData data, RunDevice device)
      throws IOException {
    RunSettings settings = task.settings();
    Map<String, String> platform = Platform.facts(settings.threads(), device.text());
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("bitloom", Version.current());
    for (String part : List.of("jdk", "engine", "djl")) {
      versions.put(part, platform.get(part));
    }
    versions.put("system", platform.get("os") + " " + platform.get("arch"));
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("settings", SettingsJson.print(settings));
    own.ifPresent(script -> config.put(ModelNetwork.SHA256, script.sha256()));
    config.put(RecordedData.KEY, data.json());
    settings
        .initFrom()
        .ifPresent(from -> config.put(StartingPoint.KEY, StartingPoint.json(from, files.folder())));
    task.data().origin().range().ifPresent(range -> config.put("range", range.toString()));
    config.put("versions", versions);
    config.put("kernels", platform.get("kernels"));
    config.put(RunDevice.KEY, platform.get("device"));
    write(config);
  }

  /** Records in config.json that a run goes on on another device, or with data elsewhere. */
  void record(RunReader run, RecordedData data, RunDevice device) throws IOException {
    Map<String, Object> config = new LinkedHashMap<>(run.config());
    config.put(RecordedData.KEY, data.json());
    config.put(RunDevice.KEY, device.text());
    if (!config.equals(run.config())) {
      write(config);
    }
  }

  private void write(Map<String, Object> config) throws IOException {
    AtomicFiles.writeString(files.config(), Json.print(config) + "\n");
  }

  /** Replaces metrics.jsonl by the given lines. */
  void writeMetrics(List<EpochMetrics> lines) throws IOException {
    AtomicFiles.writeString(
        files.metrics(),
        lines.stream().map(line -> Json.print(line.json()) + "\n").collect(Collectors.joining()));
  }

  /** Writes what the last epoch came to; a run that only went on to write its model keeps it. */
  void writeEnd(Optional<RunEnd> end) throws IOException {
    if (end.isPresent()) {
      AtomicFiles.writeString(files.end(), Json.print(end.get().json()) + "\n");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      progress.close();
    } finally {
      lock.close();
    }
  }
}
