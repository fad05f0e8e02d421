package org.bitloom.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitloom.data.DataSet;
import org.bitloom.data.DataSets;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.io.Json;
import org.bitloom.model.BitModel;

/**
 * The data of a run as config.json tells of them: what they are called, what they are, and where
 * they lay, so that they are found again from any working directory, and after the run and its data
 * were moved together.
 *
 * @param name as the user gave it; a setting of the run
 * @param place where they lay when the run began or last went on: a known name, or the absolute
 *     path of a folder
 * @param fromRun path of that folder as seen from the folder of the run, with slashes; empty if
 *     there is none
 * @param dataDir absolute path of the folder that {@code --data-dir} named; empty = none was
 * @param sha256 of the data; empty text = not known
 * @param classNames of the data; empty = not recorded
 */
public record RecordedData(
    String name,
    String place,
    Optional<String> fromRun,
    Optional<Path> dataDir,
    String sha256,
    List<String> classNames) {
  /** Key of config.json. */
  public static final String KEY = "data";

  private static final String NAME = "name";
  private static final String PLACE = "place";
  private static final String FROM_RUN = "placeFromRun";
  private static final String DATA_DIR = "dataDir";
  private static final String SHA256 = "sha256";
  private static final String CLASS_NAMES = "classNames";

  public RecordedData {
    classNames = List.copyOf(classNames);
  }

  /**
   * Somewhere to look.
   *
   * @param name of the data set, or its folder
   * @param dataDir folder that holds a known data set; empty = the usual places
   */
  private record Place(String name, Optional<Path> dataDir) {
    boolean isThere() {
      return dataDir.map(Files::isDirectory).orElse(true)
          && (DataSets.isKnown(name) || DataSets.isFolder(name));
    }
  }

  /**
   * What was found.
   *
   * @param data that were found first, if none are those of the record
   * @param same whether they are those of the record
   * @param where the record of the place they were found in
   */
  public record Found(DataSet data, boolean same, RecordedData where) {}

  /** Describes the data of a new run. */
  public static RecordedData of(String name, Optional<Path> dataDir, Path runFolder, DataSet data) {
    return new RecordedData(
            name, name, Optional.empty(), Optional.empty(), data.sha256(), data.classNames())
        .at(name, dataDir, runFolder);
  }

  /** Returns the same data in another place. */
  public RecordedData at(String newPlace, Optional<Path> newDataDir, Path runFolder) {
    boolean known = DataSets.isKnown(newPlace);
    Optional<Path> folder = known ? Optional.empty() : Optional.of(absolute(Path.of(newPlace)));
    return new RecordedData(
        name,
        folder.map(Path::toString).orElse(newPlace),
        folder.flatMap(path -> relative(absolute(runFolder), path)),
        newDataDir.map(RecordedData::absolute),
        sha256,
        classNames);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static Optional<String> relative(Path from, Path to) {
    try {
      return Optional.of(from.relativize(to).toString().replace('\\', '/'));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // on another drive
    }
  }

  /** Returns the object that stands in config.json. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(NAME, name);
    json.put(SHA256, sha256);
    if (!classNames.isEmpty()) {
      json.put(CLASS_NAMES, classNames);
    }
    if (!place.equals(name)) {
      json.put(PLACE, place);
    }
    fromRun.ifPresent(path -> json.put(FROM_RUN, path));
    dataDir.ifPresent(path -> json.put(DATA_DIR, path.toString()));
    return json;
  }

  /**
   * Reads what {@link #json} returned, also by a version that recorded no places.
   *
   * @param name that the settings have
   * @throws IllegalArgumentException if there is no checksum, or a place is no path
   */
  public static RecordedData parse(Object json, String name) {
    if (!(json instanceof Map<?, ?> map) || !(map.get(SHA256) instanceof String sha256)) {
      throw new IllegalArgumentException(
          "data must be an object with a sha256, got " + Json.print(json));
    }
    List<String> names = new ArrayList<>();
    if (map.get(CLASS_NAMES) instanceof List<?> list) {
      list.forEach(each -> names.add(String.valueOf(each)));
    }
    return new RecordedData(
        name,
        text(map, PLACE).orElse(name),
        text(map, FROM_RUN),
        text(map, DATA_DIR).map(Path::of),
        sha256,
        names);
  }

  private static Optional<String> text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text
        ? Optional.of(Path.of(text).toString())
        : Optional.empty();
  }

  /**
   * Describes the data that a model was trained on, with the places of the run in whose folder it
   * lies, if it does.
   *
   * @param file that the model was read from
   */
  public static RecordedData of(BitModel model, Path file) {
    String name = model.provenance().getOrDefault("data", "mnist");
    String sha256 = model.provenance().getOrDefault("dataSha256", "");
    return beside(file, name)
        .filter(data -> data.sha256().equals(sha256))
        .orElseGet(
            () ->
                new RecordedData(
                    name, name, Optional.empty(), Optional.empty(), sha256, List.of()));
  }

  /** Reads the config.json beside a model; a damaged one does not matter to a model. */
  private static Optional<RecordedData> beside(Path model, String name) {
    Path config = model.resolveSibling(RunFiles.CONFIG);
    try {
      return Files.exists(config) && Json.parse(Files.readString(config)) instanceof Map<?, ?> map
          ? Optional.of(parse(map.get(KEY), name))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Loads the data from where they are now: from their last place, from the place that lies to the
   * folder of the run as it did then, or from where their name leads in this working directory. The
   * first that has the right checksum counts.
   *
   * @throws UsageException if there are no data in any of the places
   * @throws FailureException if there are, but damaged ones only
   */
  public Found find(DataSets sets, Path runFolder) throws IOException {
    Found other = null;
    RuntimeException problem = null;
    for (Place next : places(runFolder)) {
      try {
        Found found = load(sets, next, runFolder);
        if (found.same()) {
          return found;
        }
        other = other == null ? found : other;
      } catch (UsageException | FailureException e) {
        problem = problem == null ? e : problem;
      }
    }
    if (other != null) {
      return other;
    }
    throw problem == null ? absent() : problem;
  }

  /**
   * Loads the data from a place that was named.
   *
   * @param given known name or folder
   * @param givenDir folder that holds a known data set; empty = the usual places
   */
  public Found load(DataSets sets, String given, Optional<Path> givenDir, Path runFolder)
      throws IOException {
    return load(sets, new Place(given, givenDir), runFolder);
  }

  private Found load(DataSets sets, Place from, Path runFolder) throws IOException {
    DataSet data = sets.load(from.name(), from.dataDir());
    boolean same = sha256.isEmpty() || data.sha256().equals(sha256);
    return new Found(data, same, at(from.name(), from.dataDir(), runFolder));
  }

  private List<Place> places(Path runFolder) {
    Set<Place> places = new LinkedHashSet<>();
    places.add(new Place(place, dataDir));
    fromRun
        .map(path -> absolute(absolute(runFolder).resolve(path)).toString())
        .ifPresent(path -> places.add(new Place(path, Optional.empty())));
    places.add(new Place(name, Optional.empty()));
    return places.stream().filter(Place::isThere).toList();
  }

  private UsageException absent() {
    return new UsageException(
        "data must be one of "
            + DataSets.knownNames()
            + " or a folder of images or data files, got '"
            + name
            + "'"
            + (place.equals(name) ? "" : ", which was " + place)
            + " and is not there",
        "name the place they were moved to with --data");
  }
}
