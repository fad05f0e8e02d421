package org.bitloom.run;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.Json;
import org.bitloom.io.Safetensors;
import org.bitloom.io.SafetensorsFile;
import org.bitloom.io.TensorData;
import org.bitloom.io.TensorEntry;
import org.bitloom.session.Session;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;
import org.bitloom.update.ParameterSpec;
import org.bitloom.update.StateArray;

/**
 * Everything a run needs to go on at the byte where it stopped, in one safetensors file with a
 * checksum: update state, float parameters, the bits at the start of the epoch, and the position.
 */
final class Checkpoint {
  private static final String FORMAT = "bitloom-checkpoint-3";

  /** The first held staircases and frozen bits in another order, the second had other names. */
  private static final Set<String> OLDER_FORMATS =
      Set.of("bitloom-checkpoint-1", "bitloom-checkpoint-2");

  /** Follows the name of a bit-wise parameter: its bits at the start of the epoch. */
  private static final String START = "/start";

  /** Follows the name of a parameter that is no composition of bits. */
  private static final String VALUE = "/value";

  /** Follows the name of a buffer of a user's own module. */
  private static final String BUFFER = "/buffer";

  private final Path file;

  Checkpoint(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Replaces the checkpoint; if that fails the old one stays. */
  void save(Session session, Position position, RunSettings settings) throws IOException {
    List<TensorData> tensors = new ArrayList<>();
    for (StateArray array : session.state().arrays()) {
      tensors.add(tensor(array.name(), array.values()));
    }
    session.bits().epochStart().forEach((name, codes) -> tensors.add(tensor(name + START, codes)));
    for (String name : floatParameters(session)) {
      tensors.add(tensor(name + VALUE, session.values(name)));
    }
    session
        .changedBuffers()
        .forEach(
            (name, bytes) ->
                tensors.add(
                    TensorData.unsignedBytes(name + BUFFER, new long[] {bytes.length}, bytes)));
    Map<String, String> metadata =
        Map.of(
            "format", FORMAT,
            "settings", Json.print(SettingsJson.print(settings)),
            "position", Json.print(position.print()));
    Safetensors.write(file, metadata, tensors);
  }

  private static TensorData tensor(String name, Object values) {
    long[] shape = {Array.getLength(values)};
    if (values instanceof float[] floats) {
      return TensorData.floats(name, shape, floats);
    }
    return values instanceof int[] ints
        ? TensorData.ints(name, shape, ints)
        : TensorData.longs(name, shape, (long[]) values);
  }

  /** Names the parameters whose value is no composition of bits. */
  private static List<String> floatParameters(Session session) {
    List<String> names = session.names();
    session.state().parameters().stream()
        .filter(ParameterSpec::isBitwise)
        .forEach(parameter -> names.remove(parameter.name()));
    return names;
  }

  /** Reads the buffers that a user's own module must be loaded with before a session restores. */
  Map<String, byte[]> buffers() throws IOException {
    Map<String, byte[]> buffers = new LinkedHashMap<>();
    try (SafetensorsFile saved = SafetensorsFile.open(file)) {
      saved.verifyChecksum();
      for (TensorEntry tensor : saved.tensors()) {
        String name = tensor.name();
        if (name.endsWith(BUFFER)) {
          buffers.put(name.substring(0, name.length() - BUFFER.length()), saved.bytes(name));
        }
      }
    }
    return buffers;
  }

  /** Fills the session, and returns where the run stands. */
  Position restore(Session session, RunSettings settings) throws IOException {
    try (SafetensorsFile saved = SafetensorsFile.open(file)) {
      saved.verifyChecksum();
      Map<String, String> metadata = saved.metadata();
      requireFormat(metadata.get("format"));
      requireSettings(settings, metadata.get("settings"));
      Position position = position(metadata.get("position"), settings.schedule().epochs());
      for (StateArray array : session.state().arrays()) {
        array.restore(read(saved, array.name(), array.type(), array.length()));
      }
      for (Map.Entry<String, int[]> start : session.bits().epochStart().entrySet()) {
        int length = start.getValue().length;
        start.setValue((int[]) read(saved, start.getKey() + START, int[].class, length));
      }
      Map<String, float[]> floats = new LinkedHashMap<>();
      for (String name : floatParameters(session)) {
        int length = session.values(name).length;
        floats.put(name, (float[]) read(saved, name + VALUE, float[].class, length));
      }
      session.fill(floats);
      return position;
    }
  }

  private Position position(String text, int epochs) throws CorruptFileException {
    if (text == null) {
      throw new CorruptFileException(file, "the position of a run", "none");
    }
    try {
      return Position.parse(Json.parse(text), epochs);
    } catch (IllegalArgumentException e) {
      throw new CorruptFileException(file, "the position of a run", e.getMessage());
    }
  }

  private void requireSettings(RunSettings settings, String found) {
    String expected = Json.print(SettingsJson.print(settings));
    if (!expected.equals(found)) {
      throw new UsageException(
          "settings must be those the checkpoint was made with (" + found + "), got " + expected,
          "restore config.json or start a new run");
    }
  }

  private void requireFormat(String found) throws CorruptFileException {
    if (found != null && OLDER_FORMATS.contains(found)) {
      throw new UsageException(
          "checkpoint must be of format " + FORMAT + ", got " + found + " of an older bitloom",
          "end the run with that one, or start a new run");
    }
    if (!FORMAT.equals(found)) {
      throw new CorruptFileException(file, "format " + FORMAT, "format " + found);
    }
  }

  /** Reads one saved array, of the type and length that the state has. */
  private Object read(SafetensorsFile saved, String name, Class<?> type, int length)
      throws IOException {
    Object values =
        type == float[].class
            ? saved.floats(name)
            : type == int[].class ? saved.ints(name) : saved.longs(name);
    int found = Array.getLength(values);
    if (found != length) {
      throw new CorruptFileException(file, name + " of " + length + " values", found + " values");
    }
    return values;
  }
}
