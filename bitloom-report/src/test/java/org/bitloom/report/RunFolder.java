package org.bitloom.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitloom.bits.BitMask;
import org.bitloom.io.Json;
import org.bitloom.io.ModelFile;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Task;

/** Writes folders of runs that nobody trained. */
public final class RunFolder {
  private RunFolder() {}

  /** Returns config.json of a run of some epochs on some data. */
  public static Map<String, Object> config(String data, int epochs, long seed) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("network", "lenet300");
    settings.put("data", data);
    settings.put(
        "weights",
        Map.of(
            "depth", 6L, "mask", "111000", "rule", "coupled", "drift", 0.0, "layers", List.of()));
    settings.put("optimizer", "adam");
    settings.put("schedule", epochs + "x0.0009");
    settings.put("batch", 64L);
    settings.put("validation", 0.0);
    settings.put("limit", 0L);
    settings.put("augmentation", "none");
    settings.put("seed", seed);
    settings.put("threads", 2L);
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("settings", settings);
    config.put(
        "data", Map.of("name", data, "sha256", "0".repeat(64), "classNames", List.of("a", "b")));
    config.put("versions", Map.of("bitloom", "0.1.0", "jdk", "17"));
    config.put("kernels", "scalar");
    config.put("device", "cpu");
    return config;
  }

  /** Returns a line of metrics. */
  public static Map<String, Object> line(int epoch) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("epoch", (long) epoch);
    line.put("learningRate", 9e-4);
    line.put("trainLoss", 1.0 / epoch);
    line.put("trainAccuracy", 1 - 0.5 / epoch);
    line.put("testLoss", 1.1 / epoch);
    line.put("testAccuracy", 1 - 0.6 / epoch);
    line.put("testPerClass", List.of(0.5, 1 - 0.6 / epoch));
    line.put("negative", 90L);
    line.put("zero", 20L);
    line.put("positive", 90L);
    line.put("flips", List.of(0L, 0L, 0L, 40L / epoch, 30L / epoch, 10L / epoch));
    line.put("seconds", 2.0);
    line.put("trainSeconds", 1.5);
    line.put("dataSeconds", 0.1);
    line.put("updateSeconds", 0.4);
    line.put("imagesPerSecond", 20000.0);
    return line;
  }

  /** Writes a run that has ended. */
  public static Path finished(Path folder, int epochs) throws IOException {
    write(folder, config("mnist", epochs, 1), epochs);
    ModelFile.write(folder.resolve("model.safetensors"), model(20, 10));
    return folder;
  }

  /** Writes a run without a model. */
  public static Path write(Path folder, Map<String, Object> config, int lines) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), Json.print(config) + "\n");
    List<String> text = new ArrayList<>();
    for (int epoch = 1; epoch <= lines; epoch++) {
      text.add(Json.print(line(epoch)));
    }
    Files.write(folder.resolve("metrics.jsonl"), text);
    return folder;
  }

  /** Returns a model of one layer of depth 6, top 3 bits trained. */
  public static BitModel model(int rows, int columns) {
    int[] codes = new SplittableRandom(1).ints((long) rows * columns, 0, 64).toArray();
    BitTensor weight =
        new BitTensor(
            "dense1.weight", List.of(rows, columns), BitMask.parse("top3").at(6), 0.5f, codes);
    Task task = new Task(List.of(1, 1, columns), Normalization.none(columns), 2);
    return new BitModel(Architecture.opaque("toy"), task, List.of(weight), Map.of("seed", "1"));
  }
}
