package org.bitloom.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bitloom.error.UsageException;
import org.bitloom.settings.RunName;
import org.bitloom.settings.RunSettings;

/** Chooses the folder of a new run. */
public final class FolderChoice {
  private static final Path RUNS = Path.of("runs");

  private FolderChoice() {}

  /**
   * Returns the folder that was asked for, or a new one below {@code runs} with a name made of the
   * settings.
   *
   * @param asked folder that the user named
   * @param overwrite whether a run may lie in it
   * @throws UsageException if something else lies in it
   */
  public static Path of(Optional<Path> asked, boolean overwrite, RunSettings settings)
      throws IOException {
    if (asked.isEmpty()) {
      return unused(RUNS.resolve(RunName.of(settings)));
    }
    Path folder = asked.get();
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException("--out must be a folder, got the file " + folder, "choose another");
    }
    if (!overwrite && !TrainingRun.isFree(folder)) {
      throw new UsageException(
          "--out must be a new or empty folder, found files in " + folder,
          RunReader.isRun(folder)
              ? "go on with --resume " + folder + ", or start over with --overwrite"
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
}
