package org.bitloom.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.bitloom.run.Progress.BatchProgress;
import org.bitloom.settings.RunFiles;

/**
 * How a run stands, as its folder tells whoever looks on from outside.
 *
 * @param kind in a word
 * @param at where it stood inside its epoch when it last told; empty unless it is at work or was
 *     killed
 * @param sign when something in the folder was last written; empty if there is nothing
 * @param error why it failed
 */
public record RunStanding(
    Kind kind, Optional<BatchProgress> at, Optional<Instant> sign, Optional<String> error) {
  /** Where a lock cannot be asked for, a folder that nobody wrote to for so long is left. */
  private static final Duration SILENCE = Duration.ofSeconds(90);

  /** How a run stands, in a word. */
  public enum Kind {
    /** There is no run in the folder. */
    ABSENT,
    /** A process works in the folder. */
    WORKING,
    /** It was trained to its end. */
    FINISHED,
    /** It was stopped and can go on. */
    STOPPED,
    /** Its process ended without a word. */
    KILLED,
    /** An error ended it. */
    FAILED
  }

  /** Looks at the folder of a run, which need not be there. Changes nothing. */
  public static RunStanding of(Path folder) {
    return of(folder, Instant.now());
  }

  /** Looks at a folder at a time of the clock that files are dated by. */
  static RunStanding of(Path folder, Instant now) {
    RunFiles files = new RunFiles(folder);
    Optional<Instant> sign = sign(files);
    if (!Files.exists(files.config())) {
      return new RunStanding(Kind.ABSENT, Optional.empty(), sign, Optional.empty());
    }
    ProgressFile.Content content = ProgressFile.read(files.progress());
    Kind kind = kind(files, content, sign, now);
    boolean told = kind == Kind.WORKING || kind == Kind.KILLED;
    return new RunStanding(
        kind, content.at().filter(at -> told), sign, content.error().filter(e -> !told));
  }

  private static Kind kind(
      RunFiles files, ProgressFile.Content content, Optional<Instant> sign, Instant now) {
    if (isWorking(files, sign, now)) {
      return Kind.WORKING;
    }
    if (content.error().isPresent()) {
      return Kind.FAILED;
    }
    if (Files.exists(files.model())) {
      return Kind.FINISHED;
    }
    return Files.exists(files.progress()) ? Kind.KILLED : Kind.STOPPED;
  }

  private static boolean isWorking(RunFiles files, Optional<Instant> sign, Instant now) {
    try {
      return RunReader.inUse(files.folder());
    } catch (IOException e) { // another user's folder, which may be read only
      boolean young = sign.isPresent() && sign.get().isAfter(now.minus(SILENCE));
      return young && Files.exists(files.progress());
    }
  }

  private static Optional<Instant> sign(RunFiles files) {
    Stream<Path> written =
        List.of(files.config(), files.progress(), files.metrics(), files.state(), files.model())
            .stream();
    return written.map(RunStanding::modified).filter(Objects::nonNull).max(Instant::compareTo);
  }

  private static Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      return null; // not there, or gone by now
    }
  }
}
