package org.bitloom.watch;

import java.nio.file.Path;
import java.util.Map;
import org.bitloom.run.RunStanding;
import org.bitloom.settings.RunFiles;

/** Looks at the folder of a run, which need not be there yet. */
final class RunLook {
  private RunLook() {}

  static Look at(Path folder) {
    RunFiles files = new RunFiles(folder);
    RunStanding standing = RunStanding.of(folder);
    Map<String, Object> words = Look.words(standing);
    String config = Look.stamp(files.config());
    String results =
        Look.stamp(files.metrics()) + Look.stamp(files.end()) + Look.stamp(files.model());
    return new Look(Content.tag(config), Content.tag(config + results + standing.kind()), words);
  }
}
