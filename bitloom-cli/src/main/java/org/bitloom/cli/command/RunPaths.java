package org.bitloom.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bitloom.error.UsageException;
import org.bitloom.run.RunReader;
import org.bitloom.run.TrainingRun;
import org.bitloom.settings.RunName;
import org.bitloom.settings.RunSettings;

/** Knows the files of a run folder and chooses the folder of a new run. */
public final class RunPaths {
  public static final String MODEL = "model.safetensors";
  public static final String CONFIG = "config.json";
  public static final String METRICS = "metrics.jsonl";
  private static final Path RUNS = Path.of("runs");

  private RunPaths() {}

  /** Returns {@code out} if it may be written, or else a name made of the settings. */
  public static Path choose(Optional<Path> out, boolean overwrite, RunSettings settings)
      throws IOException {
    if (out.isEmpty()) {
      return unused(RUNS.resolve(RunName.of(settings)));
    }
    Path folder = out.get();
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException("--out must be a folder, got the file " + folder, "choose another");
    }
    if (!overwrite && !TrainingRun.isFree(folder)) {
      throw new UsageException(
          "--out must be a new or empty folder, found files in " + folder,
          RunReader.isRun(folder)
              ? "go on with --resume "
                  + Figures.shellWord(folder)
                  + ", or start over with --overwrite"
              : "choose another folder");
    }
    return folder;
  }

  /** Returns {@code folder}, or {@code folder-2}, {@code -3} ... if it exists. */
  private static Path unused(Path folder) {
    Path candidate = folder;
    for (int number = 2; Files.exists(candidate); number++) {
      candidate = Path.of(folder + "-" + number);
    }
    return candidate;
  }

  /** Returns the model file a user means: the file itself, or the one in a run folder. */
  public static Path model(Path given) {
    return Files.isDirectory(given) ? given.resolve(MODEL) : given;
  }
}
