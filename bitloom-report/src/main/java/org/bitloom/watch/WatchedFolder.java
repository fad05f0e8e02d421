package org.bitloom.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bitloom.error.UsageException;
import org.bitloom.io.Json;
import org.bitloom.report.ReportDocument;
import org.bitloom.run.RunReader;
import org.bitloom.settings.TrainWords;
import org.bitloom.settings.Version;
import org.bitloom.sweep.SweepReader;
import org.bitloom.sweep.SweepStanding;

/**
 * What the script of the page asks for: the standing of a folder, small and looked up each time,
 * and the document of a report, made anew only when the folder has changed. Whoever asks more often
 * than a few times a second gets the last answer again.
 */
final class WatchedFolder {
  private static final long LOOK_NANOS = 200_000_000L;

  /** A document that took a second is not made again for so many: a training goes on beside it. */
  private static final int REST = 10;

  private final Path folder;
  private final LongSupplier clock;
  private final Documents documents;
  private final SweepLook sweep;
  private final Object making = new Object();
  private long looked;
  private Optional<Look> last = Optional.empty();
  private Content document = Content.of(Content.JSON, "none", Json.print(nothing()));
  private long made;
  private long cost;
  private Optional<String> problem = Optional.empty();
  private boolean ending;
  private boolean endSaid;
  private boolean endTold;

  /** Makes the document of a folder. */
  @FunctionalInterface
  interface Documents {
    Map<String, Object> of(Path folder) throws IOException;
  }

  WatchedFolder(Path folder) {
    this(folder, System::nanoTime, ReportDocument::live);
  }

  /** Watches with a clock, in nanoseconds, and documents of one's own. */
  WatchedFolder(Path folder, LongSupplier clock, Documents documents) {
    this.folder = folder;
    this.clock = clock;
    this.documents = documents;
    this.sweep = new SweepLook(folder);
    this.made = clock.getAsLong();
  }

  /**
   * Checks that there may be something to see, now or later.
   *
   * @throws UsageException if the folder holds neither a run nor a sweep, but something else
   */
  static void check(Path folder) throws IOException {
    if (!Files.exists(folder) || RunReader.isRun(folder) || SweepStanding.isSweep(folder)) {
      return;
    }
    boolean later = Files.isDirectory(folder);
    if (later) {
      try (var entries = Files.list(folder)) {
        later = entries.allMatch(entry -> entry.endsWith("checkpoint"));
      }
    }
    if (!later) {
      throw new UsageException(
          "what is watched must be the folder of a run or of a sweep, " + folder + " is neither",
          "give the folder that train or sweep named");
    }
  }

  /** Returns a document that tells of nothing. */
  static Map<String, Object> nothing() {
    Map<String, Object> nothing = new LinkedHashMap<>();
    nothing.put("made", "");
    nothing.put("version", Version.current());
    nothing.put("runs", List.of());
    nothing.put("sweeps", List.of());
    return nothing;
  }

  /** Returns how the folder stands now. */
  synchronized Content standing() {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("folder", folder.toString());
    words.put("resume", TrainWords.resuming(folder));
    try {
      Look look = look();
      words.put("kind", isSweep() ? "sweep" : "run");
      words.put("id", look.id());
      words.put("version", look.version());
      words.putAll(look.words());
    } catch (IOException | RuntimeException e) { // a folder that is changed while it is read
      words.put("problem", String.valueOf(e.getMessage()));
    }
    problem.ifPresent(text -> words.putIfAbsent("problem", text));
    words.put("ending", ending);
    endSaid = ending;
    return Content.of(Content.JSON, Json.print(words));
  }

  private boolean isSweep() {
    return SweepStanding.isSweep(folder);
  }

  private Look look() throws IOException {
    long now = clock.getAsLong();
    if (last.isEmpty() || now - looked >= LOOK_NANOS) {
      last = Optional.of(isSweep() ? sweep.look() : RunLook.at(folder));
      looked = now;
    }
    return last.get();
  }

  /** Returns the document; the last good one if that of now cannot be made. */
  Content document() {
    synchronized (making) { // the standing is told meanwhile
      boolean knowsOfTheEnd = isEndSaid();
      Optional<String> found = Optional.empty();
      try {
        makeAnew();
      } catch (IOException | RuntimeException e) {
        found = Optional.of(String.valueOf(e.getMessage()));
      }
      tell(found, knowsOfTheEnd);
      return document;
    }
  }

  private void makeAnew() throws IOException {
    Look look;
    boolean ends;
    synchronized (this) {
      look = look();
      ends = ending;
    }
    long begin = clock.getAsLong();
    boolean rested = begin - made >= REST * cost;
    if (!look.version().equals(document.tag()) && (rested || ends)) {
      document = made(look);
      made = clock.getAsLong();
      cost = made - begin;
    }
  }

  private synchronized boolean isEndSaid() {
    return endSaid;
  }

  private synchronized void tell(Optional<String> found, boolean knowsOfTheEnd) {
    problem = found;
    if (knowsOfTheEnd) { // a page that does not would take the end for a server that was lost
      endTold = true;
      notifyAll();
    }
  }

  private Content made(Look look) throws IOException {
    boolean something = RunReader.isRun(folder) || SweepReader.isSweep(folder);
    Map<String, Object> json = something ? documents.of(folder) : nothing();
    return Content.of(Content.JSON, look.version(), Json.print(json));
  }

  /** Says from now on that nothing more will come, and looks once more. */
  synchronized void end() {
    ending = true;
    last = Optional.empty();
  }

  /**
   * Waits until a page knows of the end and has the last document, or for so many milliseconds.
   *
   * @return whether it does
   */
  synchronized boolean awaitEndTold(long millis) throws InterruptedException {
    long until = System.nanoTime() + millis * 1_000_000;
    while (!endTold) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
