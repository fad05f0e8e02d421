package org.bitloom.run;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bitloom.io.Json;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;

/**
 * The program of the child processes: trains until done, or until it is killed.
 *
 * <p>Arguments: {@code start FOLDER SETTINGS} (settings as in config.json) or {@code resume
 * FOLDER}. Prints a line when training begins, one per epoch with the resident memory, one at the
 * end; or the error as {@code failed: CLASS: MESSAGE}, and exits with 1.
 */
final class RunProgram {
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private RunProgram() {}

  public static void main(String[] words) {
    new RunProgram().run(words);
  }

  private void run(String[] words) {
    RunContext context =
        new RunContext(Path.of(words[1]), false, Optional.empty(), new Lines(), () -> false);
    try {
      RunOutcome outcome =
          words[0].equals("resume")
              ? TrainingRun.resume(context)
              : TrainingRun.start(SettingsJson.parse(Json.parse(words[2])), context);
      out.println("finished " + outcome.finished());
    } catch (Exception e) { // reported to the test
      out.println("failed: " + e.getClass().getSimpleName() + ": " + e.getMessage());
      System.exit(1);
    }
  }

  /** Returns VmRSS of this process in KiB. */
  private static String residentKilobytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("\\D", ""))
          .findFirst()
          .orElse("-1");
    } catch (java.io.IOException e) {
      return "-1"; // no Linux
    }
  }

  private final class Lines implements Progress {
    @Override
    public void started(RunSettings settings, Path folder, int firstEpoch) {
      out.println("started " + firstEpoch);
    }

    @Override
    public void batch(BatchProgress progress) {}

    @Override
    public void epoch(EpochMetrics metrics) {
      out.println("epoch " + metrics.epoch() + " rss " + residentKilobytes());
    }
  }
}
