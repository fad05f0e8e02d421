package org.bitloom.worker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bitloom.settings.DeviceChoice;

/**
 * What a worker is to do: train a run, or go on with it, in a folder.
 *
 * @param run to train
 * @param folder of the run; if it holds this run already, it is resumed
 * @param dataDir folder to look for data in first
 * @param device where it computes
 */
public record WorkerTask(SweepRun run, Path folder, Optional<Path> dataDir, DeviceChoice device) {
  private static final String DEVICE = "device";
  private static final String PLACE = "place";

  Map<String, Object> json() {
    Map<String, Object> json = run.json();
    json.put("folder", folder.toAbsolutePath().toString());
    json.put("dataDir", dataDir.map(dir -> dir.toAbsolutePath().toString()).orElse(null));
    json.put(PLACE, run.place().orElse(null));
    json.put(DEVICE, device.toString());
    return json;
  }

  static WorkerTask parse(Object json) {
    Map<?, ?> map = (Map<?, ?>) json;
    SweepRun run = SweepRun.parse(json).at(Optional.ofNullable((String) map.get(PLACE)));
    return new WorkerTask(
        run,
        Path.of((String) map.get("folder")),
        Optional.ofNullable((String) map.get("dataDir")).map(Path::of),
        DeviceChoice.parse((String) map.get(DEVICE)));
  }
}
