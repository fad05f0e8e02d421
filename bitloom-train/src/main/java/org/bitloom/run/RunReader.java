package org.bitloom.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.Json;
import org.bitloom.io.ProcessLock;
import org.bitloom.model.BitModel;
import org.bitloom.network.Network;
import org.bitloom.network.Networks;
import org.bitloom.network.OwnNetwork;
import org.bitloom.payload.PayloadBits;
import org.bitloom.script.ScriptNetwork;
import org.bitloom.session.FrozenContent;
import org.bitloom.session.ModelNetwork;
import org.bitloom.settings.RecordedData;
import org.bitloom.settings.RunFiles;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;

/** Reads the folder of a run, also while another process works in it. Changes nothing. */
public final class RunReader {
  private final RunFiles files;
  private final Map<String, Object> config;

  private RunReader(RunFiles files, Map<String, Object> config) {
    this.files = files;
    this.config = config;
  }

  /**
   * Opens the folder of a run.
   *
   * @throws UsageException if it is none
   * @throws CorruptFileException if its config.json is damaged
   */
  public static RunReader open(Path folder) throws IOException {
    RunFiles files = new RunFiles(folder);
    String text;
    try {
      text = text(files.config());
    } catch (NoSuchFileException e) {
      throw new UsageException(
          "a run folder must hold config.json, " + folder + " has none",
          "give the folder of an earlier train");
    }
    return new RunReader(files, object(files.config(), "a JSON object", text));
  }

  /** Says whether a folder holds a run: one that has begun, and may have ended. */
  public static boolean isRun(Path folder) {
    return Files.exists(new RunFiles(folder).config());
  }

  /** Says whether a process works in the folder of a run now. */
  public static boolean inUse(Path folder) throws IOException {
    return ProcessLock.isHeld(new RunFiles(folder).lock());
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new CorruptFileException(file, "content must be UTF-8 text", "other bytes");
    }
  }

  private static Map<String, Object> object(Path file, String expected, String text)
      throws CorruptFileException {
    try {
      if (Json.parse(text) instanceof Map<?, ?> map) {
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((key, value) -> object.put((String) key, value));
        return object;
      }
      throw new CorruptFileException(file, expected, "another value");
    } catch (IllegalArgumentException e) {
      throw new CorruptFileException(file, expected, e.getMessage());
    }
  }

  /** Returns the paths of the files, whether they are there or not. */
  public RunFiles files() {
    return files;
  }

  /** Returns everything that config.json says, keys of newer versions too. */
  public Map<String, Object> config() {
    return Collections.unmodifiableMap(config);
  }

  /** Returns the settings. */
  public RunSettings settings() throws CorruptFileException {
    try {
      return SettingsJson.parse(config.get("settings"));
    } catch (IllegalArgumentException e) {
      throw corrupt("the settings of a run", e.getMessage());
    }
  }

  /** Returns what was in force when the run began. */
  public RunFacts facts() throws CorruptFileException {
    if (!(config.get("versions") instanceof Map<?, ?> found)) {
      throw corrupt("versions", String.valueOf(config.get("versions")));
    }
    Map<String, String> versions = new LinkedHashMap<>();
    found.forEach((name, version) -> versions.put((String) name, String.valueOf(version)));
    return new RunFacts(
        data().sha256(),
        Optional.ofNullable(config.get(ModelNetwork.SHA256)).map(String::valueOf),
        versions,
        String.valueOf(config.get("kernels")),
        new RunDevice(String.valueOf(config.getOrDefault(RunDevice.KEY, "cpu"))));
  }

  /** Returns the names of the classes; empty if the run did not record any. */
  public List<String> classNames() {
    return config.get(RecordedData.KEY) instanceof Map<?, ?> data
            && data.get("classNames") instanceof List<?> names
        ? names.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Returns what the data are, and where they lay. */
  public RecordedData data() throws CorruptFileException {
    try {
      return RecordedData.parse(config.get(RecordedData.KEY), settings().data().name());
    } catch (IllegalArgumentException e) {
      throw corrupt("data.sha256", String.valueOf(config.get(RecordedData.KEY)));
    }
  }

  private CorruptFileException corrupt(String expected, String found) {
    return new CorruptFileException(files.config(), expected, found);
  }

  /**
   * Returns the metrics of all epochs that ended, in order. Half a line at the end, cut off by a
   * kill, does not count.
   *
   * @throws CorruptFileException if a line is damaged
   */
  public List<EpochMetrics> epochs() throws IOException {
    if (!Files.exists(files.metrics())) {
      return List.of();
    }
    String text = text(files.metrics());
    List<EpochMetrics> epochs = new ArrayList<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      int number = epochs.size() + 1;
      try {
        epochs.add(EpochMetrics.parse(Json.parse(line)));
      } catch (IllegalArgumentException e) {
        throw new CorruptFileException(
            files.metrics(), "line " + number + " must be the metrics of an epoch", e.getMessage());
      }
    }
    return epochs;
  }

  /** Returns the lines of the epochs for those who look on: a damaged one is remarked on. */
  public LoggedEpochs logged() throws IOException {
    return LoggedEpochs.read(files.metrics());
  }

  /**
   * Returns the metrics of the last epoch that ended; empty before the first.
   *
   * @throws CorruptFileException if a line is damaged
   */
  public Optional<EpochMetrics> last() throws IOException {
    List<EpochMetrics> epochs = epochs();
    return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.get(epochs.size() - 1));
  }

  /**
   * Returns what checkpoint/end.json tells of the last epoch; nothing if there is none, as in runs
   * that have not ended or that an earlier version trained.
   *
   * @throws CorruptFileException if it is damaged
   */
  public Map<String, Object> end() throws IOException {
    Path file = files.end();
    return Files.exists(file) ? object(file, "a JSON object", text(file)) : Map.of();
  }

  /** Returns the path of the trained model, if the run has been finished. */
  public Optional<Path> model() {
    return Optional.of(files.model()).filter(Files::exists);
  }

  /**
   * Reads the network that the run carries in low bits, from the copy in its folder.
   *
   * @throws UsageException if the copy is another one
   * @throws IOException if it is missing or damaged
   */
  public Optional<BitModel> nested() throws IOException {
    RunSettings settings = settings();
    return settings.nested().isEmpty()
        ? Optional.empty()
        : Optional.of(settings.nested().get().read(files.nested()));
  }

  /**
   * Reads what the run carries in frozen bits, from the copies in its folder.
   *
   * @throws UsageException if a copy is another one
   * @throws IOException if one is missing or damaged
   */
  FrozenContent content() throws IOException {
    RunSettings settings = settings();
    Optional<PayloadBits> payload =
        settings.payload().isEmpty()
            ? Optional.empty()
            : Optional.of(PayloadBits.read(files.payload()));
    return FrozenContent.of(settings, nested(), payload);
  }

  /**
   * Opens the network: the known one, or the module that the folder has a copy of.
   *
   * @throws UsageException if the copy is missing or another one
   */
  Network network() throws IOException {
    RunSettings settings = settings();
    if (!Networks.isFile(settings.network())) {
      return Networks.open(settings.network());
    }
    String expected = facts().networkSha256().orElse("unknown");
    String name = Path.of(settings.network()).getFileName().toString();
    ScriptNetwork network = ScriptNetwork.read(files.network(), name);
    if (!network.sha256().equals(expected)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "%s must be the network the run began with (SHA-256 %s), got %s",
              files.network(),
              expected,
              network.sha256()),
          "restore it or start a new run");
    }
    return new OwnNetwork(network);
  }
}
