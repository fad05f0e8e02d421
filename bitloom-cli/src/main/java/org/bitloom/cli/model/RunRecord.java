package org.bitloom.cli.model;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bitloom.cli.command.RunPaths;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.Json;

/**
 * What a run folder says of a run.
 *
 * @param config config.json with nested keys joined by points, such as {@code settings.seed}
 * @param metrics last complete line of metrics.jsonl; empty before the first epoch ended
 */
record RunRecord(Map<String, Object> config, Map<String, Object> metrics) {
  static RunRecord read(Path folder) throws IOException {
    Path config = folder.resolve(RunPaths.CONFIG);
    Map<String, Object> flat = new LinkedHashMap<>();
    flatten("", object(config, text(config)), flat);
    Path metrics = folder.resolve(RunPaths.METRICS);
    String lines = Files.exists(metrics) ? text(metrics) : "";
    int end = lines.lastIndexOf('\n'); // what follows was cut off by a kill
    String last = end < 0 ? "{}" : lines.substring(lines.lastIndexOf('\n', end - 1) + 1, end);
    return new RunRecord(flat, object(metrics, last));
  }

  private static String text(Path path) throws IOException {
    try {
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      throw new CorruptFileException(path, "content must be UTF-8 text", "other bytes");
    }
  }

  private static Map<?, ?> checkObject(Path path, Object value) throws CorruptFileException {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new CorruptFileException(path, "content must be a JSON object", "another value");
  }

  private static Map<String, Object> object(Path path, String text) throws CorruptFileException {
    try {
      Map<String, Object> object = new LinkedHashMap<>();
      checkObject(path, Json.parse(text)).forEach((key, value) -> object.put((String) key, value));
      return object;
    } catch (IllegalArgumentException e) {
      throw new CorruptFileException(path, "content must be JSON", e.getMessage());
    }
  }

  private static void flatten(String prefix, Map<?, ?> object, Map<String, Object> flat) {
    object.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> inner) {
            flatten(prefix + key + ".", inner, flat);
          } else {
            flat.put(prefix + key, value);
          }
        });
  }
}
