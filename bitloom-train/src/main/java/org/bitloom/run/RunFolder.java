package org.bitloom.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitloom.error.UsageException;
import org.bitloom.io.AtomicFiles;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.Json;
import org.bitloom.io.ProcessLock;
import org.bitloom.model.BitModel;
import org.bitloom.network.Network;
import org.bitloom.network.Networks;
import org.bitloom.network.OwnNetwork;
import org.bitloom.payload.PayloadBits;
import org.bitloom.script.ScriptNetwork;
import org.bitloom.session.Engines;
import org.bitloom.session.FrozenContent;
import org.bitloom.session.ModelNetwork;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;
import org.bitloom.settings.Version;

/**
 * The folder of one run: config.json, metrics.jsonl, model.safetensors, checkpoint/, and copies of
 * the user's own network, of a network to nest and of a payload.
 */
final class RunFolder implements AutoCloseable {
  private static final String NETWORK = ModelNetwork.FILE;

  private static final String NESTED = "nested.safetensors";
  private static final String PAYLOAD = "payload.bits";

  private final Path folder;
  private final ProcessLock lock;

  private RunFolder(Path folder, ProcessLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  static Path config(Path folder) {
    return folder.resolve("config.json");
  }

  private static Path network(Path folder) {
    return folder.resolve(NETWORK);
  }

  private static Path nested(Path folder) {
    return folder.resolve(NESTED);
  }

  private static Path payload(Path folder) {
    return folder.resolve(PAYLOAD);
  }

  private Path metrics() {
    return folder.resolve("metrics.jsonl");
  }

  Path model() {
    return folder.resolve("model.safetensors");
  }

  Checkpoint checkpoint() {
    return new Checkpoint(folder.resolve("checkpoint").resolve("state.safetensors"));
  }

  /**
   * Makes an empty run folder; with {@code overwrite} an earlier run in it is deleted.
   *
   * @throws UsageException if the folder is in use and may not be overwritten
   */
  static RunFolder create(Path folder, boolean overwrite) throws IOException {
    checkFree(folder, overwrite);
    Files.createDirectories(folder.resolve("checkpoint"));
    RunFolder created = lock(folder);
    Files.deleteIfExists(config(folder));
    Files.deleteIfExists(network(folder));
    Files.deleteIfExists(nested(folder));
    Files.deleteIfExists(payload(folder));
    Files.deleteIfExists(created.metrics());
    Files.deleteIfExists(created.model());
    Files.deleteIfExists(created.checkpoint().file());
    return created;
  }

  /** Checks, without changing anything, that {@link #create} may use the folder. */
  static void checkFree(Path folder, boolean overwrite) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new FileAlreadyExistsException(folder.toString(), null, "a file, not a folder");
    }
    boolean empty;
    try (Stream<Path> entries = Files.list(folder)) {
      empty = entries.findAny().isEmpty();
    }
    if (!empty && !overwrite) {
      throw new UsageException(
          "output folder must be new or empty, " + folder + " is in use",
          "choose another --out, or --overwrite the run in it, or --resume it");
    }
    if (!empty && !Files.exists(config(folder)) && !onlyStarted(folder)) {
      throw new UsageException(
          "only a run may be overwritten, " + folder + " holds other files",
          "choose another --out");
    }
  }

  /** Says whether a run was killed in this folder before it wrote its settings. */
  private static boolean onlyStarted(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.allMatch(
          entry ->
              entry.endsWith("checkpoint")
                  || entry.endsWith(NETWORK)
                  || entry.endsWith(NESTED)
                  || entry.endsWith(PAYLOAD)
                  || entry.getFileName().toString().matches("config\\.json|\\.bitloom-.*\\.tmp"));
    }
  }

  /** Opens an existing run folder. */
  static RunFolder open(Path folder) throws IOException {
    settings(folder);
    Files.createDirectories(folder.resolve("checkpoint"));
    return lock(folder);
  }

  /** Says whether a process works in the folder of a run now. */
  static boolean inUse(Path folder) throws IOException {
    return ProcessLock.isHeld(lockFile(folder));
  }

  private static Path lockFile(Path folder) {
    return folder.resolve("checkpoint").resolve("lock");
  }

  /** Locks a folder, and deletes what killed processes were writing in it. */
  private static RunFolder lock(Path folder) throws IOException {
    Optional<ProcessLock> lock = ProcessLock.tryLock(lockFile(folder));
    RunFolder locked =
        new RunFolder(
            folder,
            lock.orElseThrow(
                () ->
                    new UsageException(
                        "only one process may work in a run folder, another is working in "
                            + folder,
                        "wait for it to end")));
    AtomicFiles.deleteLeftovers(folder);
    AtomicFiles.deleteLeftovers(folder.resolve("checkpoint"));
    return locked;
  }

  /** Reads the settings of a run. */
  static RunSettings settings(Path folder) throws IOException {
    Map<?, ?> config = readConfig(folder);
    try {
      return SettingsJson.parse(config.get("settings"));
    } catch (IllegalArgumentException e) {
      throw new CorruptFileException(config(folder), "the settings of a run", e.getMessage());
    }
  }

  /** Reads the SHA-256 of the data that a run trains on. */
  static String dataSha256(Path folder) throws IOException {
    Object data = readConfig(folder).get("data");
    if (data instanceof Map<?, ?> map && map.get("sha256") instanceof String sha256) {
      return sha256;
    }
    throw new CorruptFileException(config(folder), "data.sha256", String.valueOf(data));
  }

  /**
   * Opens the network of a run: the known one, or the module that the folder has a copy of.
   *
   * @throws UsageException if the copy is missing or another one
   */
  static Network network(Path folder, RunSettings settings) throws IOException {
    if (!Networks.isFile(settings.network())) {
      return Networks.open(settings.network());
    }
    Object expected = readConfig(folder).get(ModelNetwork.SHA256);
    String name = Path.of(settings.network()).getFileName().toString();
    ScriptNetwork network = ScriptNetwork.read(network(folder), name);
    if (!network.sha256().equals(expected)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "%s must be the network the run began with (SHA-256 %s), got %s",
              network(folder),
              expected,
              network.sha256()),
          "restore it or start a new run");
    }
    return new OwnNetwork(network);
  }

  /**
   * Reads the frozen content of a run from the copies in its folder.
   *
   * @throws UsageException if a copy is another one
   * @throws IOException if one is missing or damaged
   */
  static FrozenContent content(Path folder, RunSettings settings) throws IOException {
    Optional<PayloadBits> payload =
        settings.payload().isEmpty()
            ? Optional.empty()
            : Optional.of(PayloadBits.read(payload(folder)));
    Optional<BitModel> nested =
        settings.nested().isEmpty()
            ? Optional.empty()
            : Optional.of(settings.nested().get().read(nested(folder)));
    return FrozenContent.of(settings, nested, payload);
  }

  private static Map<?, ?> readConfig(Path folder) throws IOException {
    String text;
    try {
      text = Files.readString(config(folder));
    } catch (NoSuchFileException e) {
      throw new UsageException(
          "a run folder must hold config.json, " + folder + " has none",
          "give the folder of an earlier train");
    }
    try {
      if (Json.parse(text) instanceof Map<?, ?> map) {
        return map;
      }
      throw new CorruptFileException(config(folder), "a JSON object", "another value");
    } catch (IllegalArgumentException e) {
      throw new CorruptFileException(config(folder), "JSON", e.getMessage());
    }
  }

  /** Writes config.json, and before it a copy of the network if that is a file. */
  void writeConfig(RunSettings settings, Network network, String dataSha256, String kernels)
      throws IOException {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", settings.data().name());
    data.put("sha256", dataSha256);
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("bitloom", Version.current());
    versions.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
    versions.put("engine", Engines.version());
    versions.put("djl", Engines.djlVersion());
    versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("settings", SettingsJson.print(settings));
    if (network instanceof OwnNetwork own) {
      AtomicFiles.write(network(folder), out -> out.write(own.script().file()));
      config.put(ModelNetwork.SHA256, own.script().sha256());
    }
    config.put("data", data);
    config.put("versions", versions);
    config.put("kernels", kernels);
    AtomicFiles.writeString(config(folder), Json.print(config) + "\n");
  }

  /** Writes the copies of a content that a resumed run reads. */
  void copy(FrozenContent content, RunSettings settings) throws IOException {
    if (settings.nested().isPresent()) {
      Path source = settings.nested().get().file();
      AtomicFiles.write(nested(folder), out -> Files.copy(source, out));
    }
    if (content.payload().isPresent()) {
      content.payload().get().write(payload(folder));
    }
  }

  /** Replaces metrics.jsonl by the given lines. */
  void writeMetrics(List<EpochMetrics> lines) throws IOException {
    AtomicFiles.writeString(
        metrics(),
        lines.stream().map(line -> Json.print(line.json()) + "\n").collect(Collectors.joining()));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
