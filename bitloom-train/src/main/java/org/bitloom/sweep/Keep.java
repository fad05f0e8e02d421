package org.bitloom.sweep;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.bitloom.error.UsageException;
import org.bitloom.worker.RunResult;

/** Which folders of finished runs a sweep keeps. */
public enum Keep {
  /** Every folder. */
  ALL,
  /** That of the best run: best on the held-out samples, or without any on the test samples. */
  BEST,
  /** None. */
  NONE;

  /** Reads {@code all}, {@code best} or {@code none}. */
  public static Keep parse(String text) {
    for (Keep keep : values()) {
      if (keep.label().equals(text)) {
        return keep;
      }
    }
    throw new UsageException("keep must be all, best or none, got '" + text + "'", "choose one");
  }

  /** Returns the word that {@link #parse} reads. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns which of the finished runs stay; of equal ones the first by name. */
  Predicate<RunResult.Finished> among(List<RunResult.Finished> finished) {
    if (this == ALL) {
      return run -> true;
    }
    if (this == NONE) {
      return run -> false;
    }
    String best =
        finished.stream()
            .min(
                Comparator.comparingDouble((RunResult.Finished run) -> -run.score())
                    .thenComparing(run -> run.run().id()))
            .map(run -> run.run().id())
            .orElse("");
    return run -> run.run().id().equals(best);
  }
}
