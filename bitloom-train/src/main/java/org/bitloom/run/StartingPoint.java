package org.bitloom.run;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.io.CorruptFileException;
import org.bitloom.settings.InitFrom;

/**
 * Where the network to start from lay when a run began, as config.json tells it. A run that was
 * stopped before its first checkpoint needs it once more, perhaps from another working directory.
 */
final class StartingPoint {
  static final String KEY = "initFrom";
  private static final String PLACE = "place";
  private static final String FROM_RUN = "placeFromRun";

  private StartingPoint() {}

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** Returns the object that stands in config.json. */
  static Map<String, Object> json(InitFrom from, Path runFolder) {
    Path place = absolute(from.file());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(PLACE, place.toString());
    Path folder = absolute(runFolder);
    if (place.getRoot().equals(folder.getRoot())) {
      json.put(FROM_RUN, folder.relativize(place).toString().replace('\\', '/'));
    }
    return json;
  }

  /**
   * Finds the network: where the user says, where it lay, where it lies to the folder of the run as
   * it did then, or where its path leads in this working directory.
   */
  static InitFrom find(RunReader run, InitFrom from, Optional<Path> given) throws IOException {
    List<Path> places = new ArrayList<>();
    given.ifPresent(places::add);
    if (run.config().get(KEY) instanceof Map<?, ?> recorded) {
      try {
        if (recorded.get(PLACE) instanceof String place) {
          places.add(Path.of(place));
        }
        if (recorded.get(FROM_RUN) instanceof String relative) {
          places.add(absolute(run.files().folder()).resolve(relative).normalize());
        }
      } catch (InvalidPathException e) {
        throw new CorruptFileException(run.files().config(), "paths in initFrom", e.getMessage());
      }
    }
    return from.in(places);
  }
}
