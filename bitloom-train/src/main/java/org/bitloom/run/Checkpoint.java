package org.bitloom.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.Json;
import org.bitloom.io.Safetensors;
import org.bitloom.io.SafetensorsFile;
import org.bitloom.io.TensorData;
import org.bitloom.io.TensorEntry;
import org.bitloom.session.Session;
import org.bitloom.session.WeightBits;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;
import org.bitloom.update.BitwiseParameter;
import org.bitloom.update.StateVisitor;
import org.bitloom.update.TrainedParameter;

/**
 * Everything a run needs to go on at the byte where it stopped, in one safetensors file with a
 * checksum: update state, float parameters, the bits at the start of the epoch, and the position.
 */
final class Checkpoint {
  private static final String FORMAT = "bitloom-checkpoint-2";

  /** Held staircases and frozen bits in another order. */
  private static final String OLDER_FORMAT = "bitloom-checkpoint-1";

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
  void save(Session session, WeightBits bits, Position position, RunSettings settings)
      throws IOException {
    List<TensorData> tensors = new ArrayList<>();
    for (TrainedParameter parameter : session.trained()) {
      parameter.visit(new Saver(parameter.name(), tensors));
    }
    bits.epochStart().forEach((p, codes) -> new Saver(p.name(), tensors).ints("start", codes));
    floatParameters(session)
        .forEach(name -> new Saver(name, tensors).floats("value", session.values(name)));
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

  /** Names the parameters whose value is no composition of bits. */
  private static List<String> floatParameters(Session session) {
    List<String> names = session.names();
    session.trained().stream()
        .filter(BitwiseParameter.class::isInstance)
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

  /** Fills session and bits, and returns where the run stands. */
  Position restore(Session session, WeightBits bits, RunSettings settings) throws IOException {
    try (SafetensorsFile saved = SafetensorsFile.open(file)) {
      saved.verifyChecksum();
      Map<String, String> metadata = saved.metadata();
      requireFormat(metadata.get("format"));
      requireSettings(settings, metadata.get("settings"));
      Restorer restorer = new Restorer(saved);
      for (TrainedParameter parameter : session.trained()) {
        parameter.visit(restorer.of(parameter.name()));
        if (parameter instanceof BitwiseParameter composed) {
          session.compose(composed);
        }
      }
      bits.epochStart().forEach((p, codes) -> restorer.of(p.name()).ints("start", codes));
      for (String name : floatParameters(session)) {
        float[] values = session.values(name);
        restorer.of(name).floats("value", values);
        session.fill(name, values);
      }
      restorer.rethrow();
      return Position.parse((Map<?, ?>) Json.parse(metadata.get("position")));
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
    if (OLDER_FORMAT.equals(found)) {
      throw new UsageException(
          "checkpoint must be of format " + FORMAT + ", got " + found + " of an older bitloom",
          "end the run with that one, or start a new run");
    }
    if (!FORMAT.equals(found)) {
      throw new CorruptFileException(file, "format " + FORMAT, "format " + found);
    }
  }

  private record Saver(String parameter, List<TensorData> tensors) implements StateVisitor {
    @Override
    public void floats(String name, float[] live) {
      tensors.add(TensorData.floats(parameter + "/" + name, new long[] {live.length}, live));
    }

    @Override
    public void ints(String name, int[] live) {
      tensors.add(TensorData.ints(parameter + "/" + name, new long[] {live.length}, live));
    }

    @Override
    public void longs(String name, long[] live) {
      tensors.add(TensorData.longs(parameter + "/" + name, new long[] {live.length}, live));
    }
  }

  /** Copies saved arrays into live ones; keeps the first failure, as a visitor cannot throw it. */
  private final class Restorer implements StateVisitor {
    private final SafetensorsFile saved;
    private String parameter;
    private IOException failure;

    Restorer(SafetensorsFile saved) {
      this.saved = saved;
    }

    Restorer of(String name) {
      parameter = name;
      return this;
    }

    void rethrow() throws IOException {
      if (failure != null) {
        throw failure;
      }
    }

    private interface Source {
      Object read(String name) throws IOException;
    }

    private void copy(String name, Object live, int length, Source source) {
      try {
        Object values = source.read(parameter + "/" + name);
        int found = java.lang.reflect.Array.getLength(values);
        if (found != length) {
          throw new CorruptFileException(
              file, parameter + "/" + name + " of " + length + " values", found + " values");
        }
        System.arraycopy(values, 0, live, 0, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }

    @Override
    public void floats(String name, float[] live) {
      copy(name, live, live.length, saved::floats);
    }

    @Override
    public void ints(String name, int[] live) {
      copy(name, live, live.length, saved::ints);
    }

    @Override
    public void longs(String name, long[] live) {
      copy(name, live, live.length, saved::longs);
    }
  }
}
