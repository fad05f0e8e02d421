package org.bitloom.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitloom.error.UsageException;
import org.bitloom.report.run.ModelPart;
import org.bitloom.report.run.Room;
import org.bitloom.report.run.RunPart;
import org.bitloom.report.sweep.SweepPart;
import org.bitloom.run.RunReader;
import org.bitloom.settings.Version;
import org.bitloom.sweep.SweepReader;

/**
 * All that a page tells, as one JSON object. Its form belongs to the script of the page and to
 * nobody else; it may change from one version to the next.
 */
public final class ReportDocument {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final List<Object> runs = new ArrayList<>();
  private final List<Object> sweeps = new ArrayList<>();
  private final Room room;

  private ReportDocument(Room room) {
    this.room = room;
  }

  /**
   * Describes runs, sweeps and models.
   *
   * @param subjects folders of runs or of sweeps, or model files; at least one
   * @throws UsageException if one is none of these
   * @throws IOException if one cannot be read
   */
  public static Map<String, Object> of(List<Path> subjects) throws IOException {
    return of(subjects, Room.OF_ONE_RUN.sharedBy(Math.max(1, subjects.size())));
  }

  /** Describes what changes while a run or a sweep goes on, quickly: no planes, no mistakes. */
  public static Map<String, Object> live(Path subject) throws IOException {
    return of(List.of(subject), Room.OF_ONE_RUN.withoutPictures());
  }

  private static Map<String, Object> of(List<Path> subjects, Room room) throws IOException {
    ReportDocument document = new ReportDocument(room);
    for (Path subject : subjects) {
      document.add(subject);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("made", MINUTE.format(Instant.now()));
    json.put("version", Version.current());
    json.put("runs", document.runs);
    json.put("sweeps", document.sweeps);
    return json;
  }

  private void add(Path subject) throws IOException {
    if (RunReader.isRun(subject)) {
      runs.add(RunPart.of(subject, nextRun(), room));
    } else if (SweepReader.isSweep(subject)) {
      boolean pictures = room.planeBytes() > 0;
      sweeps.add(SweepPart.of(subject, "sweep" + (sweeps.size() + 1), room, pictures));
    } else if (Files.isRegularFile(subject)) {
      runs.add(ModelPart.alone(subject, nextRun(), room.planeBytes()));
    } else {
      throw new UsageException(
          "a report needs the folder of a run or of a sweep, or a model file, "
              + subject
              + (Files.exists(subject) ? " is none" : " does not exist"),
          "give the folder of a train or a sweep");
    }
  }

  private String nextRun() {
    return "run" + (runs.size() + 1);
  }
}
