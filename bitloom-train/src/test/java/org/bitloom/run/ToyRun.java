package org.bitloom.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.bitloom.io.Json;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.ToySettings;

/** Starts and resumes runs over a folder of toy images, and reads what they leave. */
final class ToyRun {
  /** Steps of an epoch: 600 images, a tenth held out, in batches of 50. */
  static final int BATCHES = 11;

  static final int EPOCHS = 3;
  static final BooleanSupplier NEVER = () -> false;

  private ToyRun() {}

  /** Returns the settings of the standard run, of {@link #EPOCHS} epochs. */
  static RunSettings settings(Path data) {
    return ToySettings.of(data);
  }

  /** Returns the settings of the standard run, some replaced by those of config.json. */
  static RunSettings settings(Path data, Map<String, Object> replaced) {
    return ToySettings.of(data, replaced);
  }

  static Map<String, Object> weights(int depth, String mask, String rule) {
    return ToySettings.weights(depth, mask, rule);
  }

  static RunContext in(Path folder, BooleanSupplier stop) {
    return new RunContext(folder, false, Optional.empty(), Progress.NONE, stop);
  }

  static RunOutcome start(RunSettings settings, Path folder) throws IOException {
    return TrainingRun.start(settings, in(folder, NEVER));
  }

  static RunOutcome resume(Path folder) throws IOException {
    return TrainingRun.resume(in(folder, NEVER));
  }

  /** Returns a request to stop after so many steps. */
  static BooleanSupplier after(int steps) {
    AtomicInteger done = new AtomicInteger();
    return () -> done.incrementAndGet() >= steps;
  }

  static byte[] model(Path folder) throws IOException {
    return Files.readAllBytes(folder.resolve("model.safetensors"));
  }

  static Path checkpoint(Path folder) {
    return folder.resolve("checkpoint").resolve("state.safetensors");
  }

  /** Returns the lines of metrics.jsonl without the times, which differ from run to run. */
  static List<Map<String, Object>> metrics(Path folder) throws IOException {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("metrics.jsonl"))) {
      Map<String, Object> untimed = new LinkedHashMap<>();
      ((Map<?, ?>) Json.parse(line)).forEach((key, value) -> untimed.put((String) key, value));
      untimed.keySet().removeIf(key -> key.contains("econd"));
      lines.add(untimed);
    }
    return lines;
  }

  /** Returns the names of all files in a run folder, in order. */
  static List<String> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
