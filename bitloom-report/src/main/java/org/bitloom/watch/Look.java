package org.bitloom.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitloom.run.Progress.BatchProgress;
import org.bitloom.run.RunStanding;

/**
 * One look at a folder.
 *
 * @param id another one when another run or sweep took the place of the last
 * @param version another one when the document has to be made anew
 * @param words what is told at once, as JSON
 */
record Look(String id, String version, Map<String, Object> words) {
  /** Tells how a run stands. */
  static Map<String, Object> words(RunStanding standing) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("standing", standing.kind().name().toLowerCase(Locale.ROOT));
    words.put("sign", standing.sign().map(Instant::toEpochMilli).orElse(null));
    words.put("at", standing.at().map(Look::words).orElse(null));
    words.put("error", standing.error().orElse(null));
    return words;
  }

  private static Map<String, Object> words(BatchProgress at) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("epoch", at.epoch());
    words.put("epochs", at.epochs());
    words.put("batch", at.batch());
    words.put("batches", at.batches());
    words.put("loss", number(at.loss()));
    words.put("accuracy", number(at.accuracy()));
    words.put("imagesPerSecond", number(at.imagesPerSecond()));
    words.put("secondsLeft", number(at.secondsLeft()));
    return words;
  }

  private static Object number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** Returns a text that is another one when a file was written again. */
  static String stamp(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.lastModifiedTime() + " " + found.size() + " " + found.fileKey() + "\n";
    } catch (IOException e) {
      return "none\n";
    }
  }

  /** Returns the latest of two times. */
  static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return one.isEmpty() || (other.isPresent() && other.get().isAfter(one.get())) ? other : one;
  }
}
