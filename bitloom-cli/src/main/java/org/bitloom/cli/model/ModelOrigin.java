package org.bitloom.cli.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.cli.command.Figures;
import org.bitloom.error.UsageException;
import org.bitloom.model.BitModel;
import org.bitloom.run.EpochMetrics;
import org.bitloom.run.RunReader;
import org.bitloom.settings.RunFiles;
import org.bitloom.settings.Schedule;

/**
 * Says what a model is: how well it does, on which data, how it was trained.
 *
 * @param file that the model was read from; the lines of its run stand beside it
 */
record ModelOrigin(BitModel model, Path file) {
  /** Returns the lines that introduce a model. */
  List<String> lines() {
    return List.of(accuracy() + ", " + trained(), "trained by " + method());
  }

  private String accuracy() {
    return lastEpoch()
        .map(last -> last.result().test().accuracy())
        .map(share -> "accuracy " + Figures.percent(share) + " of the test samples")
        .orElse("accuracy not known (./bitloom eval tells it)");
  }

  /** Reads what the run came to; a model that lies alone, or was changed, has no run. */
  private Optional<EpochMetrics> lastEpoch() {
    Path folder = file.toAbsolutePath().getParent();
    if (!file.getFileName().toString().equals(RunFiles.MODEL) || !RunReader.isRun(folder)) {
      return Optional.empty();
    }
    try {
      return RunReader.open(folder).last().filter(last -> last.epoch() == epochs().orElse(0));
    } catch (IOException | UsageException e) {
      return Optional.empty(); // the model itself is whole
    }
  }

  private Optional<Schedule> schedule() {
    try {
      return fact("schedule").map(Schedule::parse);
    } catch (UsageException e) {
      return Optional.empty();
    }
  }

  private Optional<Integer> epochs() {
    return schedule().map(Schedule::epochs);
  }

  private Optional<String> fact(String key) {
    return Optional.ofNullable(model.provenance().get(key));
  }

  private String trained() {
    List<String> words = new ArrayList<>();
    fact("data").ifPresent(words::add);
    epochs().ifPresent(count -> words.add(count == 1 ? "1 epoch" : count + " epochs"));
    fact("seed").ifPresent(seed -> words.add("seed " + seed));
    return words.isEmpty() ? "the file does not say how it was trained" : String.join(", ", words);
  }

  private String method() {
    List<String> words = new ArrayList<>();
    words.add("bitloom " + fact("bitloom").orElse("of an unknown version"));
    fact("rule").ifPresent(words::add);
    String rates = schedule().map(schedule -> " " + schedule.typed()).orElse("");
    fact("optimizer").ifPresent(optimizer -> words.add(optimizer + rates));
    fact("batch").ifPresent(batch -> words.add("batch " + batch));
    return String.join(", ", words);
  }
}
