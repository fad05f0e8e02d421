package org.bitloom.worker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a worker is to do: train a run, or go on with it, in a folder.
 *
 * @param run to train
 * @param folder of the run; if it holds this run already, it is resumed
 * @param dataDir folder to look for data in first
 */
public record WorkerTask(SweepRun run, Path folder, Optional<Path> dataDir) {
  Map<String, Object> json() {
    Map<String, Object> json = run.json();
    json.put("folder", folder.toAbsolutePath().toString());
    json.put("dataDir", dataDir.map(dir -> dir.toAbsolutePath().toString()).orElse(null));
    return json;
  }

  static WorkerTask parse(Object json) {
    SweepRun run = SweepRun.parse(json);
    Map<?, ?> map = (Map<?, ?>) json;
    return new WorkerTask(
        run,
        Path.of((String) map.get("folder")),
        Optional.ofNullable((String) map.get("dataDir")).map(Path::of));
  }
}
