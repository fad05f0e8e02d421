package org.bitloom.report.run;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.run.LoggedEpochs;
import org.bitloom.run.RunReader;
import org.bitloom.run.RunStanding;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;
import org.bitloom.settings.TrainWords;
import org.bitloom.worker.RunResult;

/** What a page tells of a run, in whatever state its folder is. */
public final class RunPart {
  private static final String PER_CLASS = "testPerClass";

  private final RunReader run;
  private final Room room;
  private final List<String> remarks = new ArrayList<>();
  private final Map<String, Object> json = new LinkedHashMap<>();

  private RunPart(RunReader run, Room room) {
    this.run = run;
    this.room = room;
  }

  /**
   * Describes a run.
   *
   * @param folder of the run
   * @param id by which the page knows it
   * @throws UsageException if it is none
   * @throws IOException if its config.json cannot be read
   */
  public static Map<String, Object> of(Path folder, String id, Room room) throws IOException {
    RunPart part = new RunPart(RunReader.open(folder), room);
    Path name = folder.toAbsolutePath().normalize().getFileName();
    part.json.put("kind", "run");
    part.json.put("id", id);
    part.json.put("name", name == null ? folder.toString() : name.toString());
    part.json.put("folder", folder.toString());
    part.fill();
    return part.json;
  }

  /** Describes a run of a sweep by its line, where its folder is gone. */
  public static Map<String, Object> ofResult(RunResult end, String id) {
    RunSettings settings = end.run().settings();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", "run");
    json.put("id", id);
    json.put("name", end.run().id());
    json.put("command", TrainWords.line(settings));
    json.put("planned", (long) settings.schedule().epochs());
    json.put("config", Map.of("settings", SettingsJson.print(settings)));
    json.put("classNames", List.of());
    json.put("remarks", List.of());
    LoggedEpochs line =
        end instanceof RunResult.Finished
            ? new LoggedEpochs(List.of(end.json()), List.of())
            : new LoggedEpochs(List.of(), List.of());
    EpochColumns epochs = EpochColumns.of(line, 2);
    json.put("epochs", epochs.columns());
    json.put("flips", epochs.flips());
    json.put("seconds", epochs.seconds());
    json.put("perClass", epochs.last().get(PER_CLASS));
    json.put("pruned", true);
    return withEnd(json, end);
  }

  /** Adds how a run of a sweep ended to what is told of it. */
  public static Map<String, Object> withEnd(Map<String, Object> json, RunResult end) {
    json.put("state", "finished");
    if (end instanceof RunResult.Failed failed) {
      json.put("state", "failed");
      json.put("error", failed.error());
      json.put("hint", failed.hint());
    }
    return json;
  }

  private void fill() throws IOException {
    RunSettings settings = run.settings();
    LoggedEpochs logged = run.logged();
    EpochColumns epochs = EpochColumns.of(logged, room.epochs());
    if (epochs.count() < logged.lines().size()) {
      remarks.add(
          "of "
              + logged.lines().size()
              + " epochs "
              + epochs.count()
              + " are drawn, evenly spread");
    }
    remarks.addAll(logged.remarks());
    json.put("state", state());
    json.put("command", TrainWords.line(settings));
    json.put("planned", (long) settings.schedule().epochs());
    json.put("config", run.config());
    json.put("classNames", run.classNames());
    json.put("epochs", epochs.columns());
    json.put("flips", epochs.flips());
    json.put("seconds", epochs.seconds());
    json.put("perClass", epochs.last().get(PER_CLASS));
    json.put("model", model());
    json.put("end", end());
    json.put("remarks", remarks);
  }

  private String state() {
    RunStanding standing = RunStanding.of(run.files().folder());
    standing.error().ifPresent(error -> json.put("error", error));
    return switch (standing.kind()) {
      case WORKING -> "running";
      case FINISHED -> "finished";
      case KILLED -> "killed";
      case FAILED -> "failed";
      case STOPPED, ABSENT -> "stopped";
    };
  }

  /** A run that goes on has none yet, or one of an earlier run that will be replaced. */
  private Map<String, Object> model() throws IOException {
    if (run.model().isEmpty() || !room.model()) {
      return null;
    }
    try {
      return ModelPart.ofFile(run.model().get(), room.planeBytes());
    } catch (NoSuchFileException | CorruptFileException e) {
      remarks.add("the model cannot be read: " + e.getMessage());
      return null;
    }
  }

  /** Returns end.json, or null; what is not shown is not carried along. */
  private Map<String, Object> end() throws IOException {
    try {
      Map<String, Object> end = new LinkedHashMap<>(run.end());
      if (!room.mistakes()) {
        end.keySet().retainAll(Set.of("peakBytes"));
      }
      return end.isEmpty() ? null : end;
    } catch (CorruptFileException e) {
      remarks.add("what the last epoch came to cannot be read: " + e.getMessage());
      return null;
    }
  }
}
