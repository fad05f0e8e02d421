package org.bitloom.report.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.ModelFile;
import org.bitloom.io.Sha256;
import org.bitloom.model.BitModel;
import org.bitloom.run.LoggedEpochs;
import org.bitloom.run.RunReader;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.TrainWords;

/** What a page tells of a run, in whatever state its folder is. */
public final class RunPart {
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
    boolean working = RunReader.inUse(run.files().folder());
    json.put("state", state(settings, epochs, working));
    json.put("command", TrainWords.line(settings));
    json.put("planned", (long) settings.schedule().epochs());
    json.put("config", run.config());
    json.put("classNames", run.classNames());
    json.put("epochs", epochs.columns());
    json.put("flips", epochs.flips());
    json.put("perClass", epochs.last().get("testPerClass"));
    json.put("model", model());
    json.put("remarks", remarks);
  }

  private String state(RunSettings settings, EpochColumns epochs, boolean working) {
    if (working) {
      return "running";
    }
    boolean ended = epochs.count() > 0 && run.model().isPresent();
    return ended ? "finished" : "stopped";
  }

  /** A run that goes on has none yet, or one of an earlier run that will be replaced. */
  private Map<String, Object> model() throws IOException {
    if (run.model().isEmpty()) {
      return null;
    }
    Path file = run.model().get();
    try {
      BitModel model = ModelFile.read(file);
      Map<String, Object> described = ModelPart.of(model, room.planeBytes());
      described.put("bytes", Files.size(file));
      described.put("sha256", Sha256.of(file));
      return described;
    } catch (CorruptFileException e) {
      remarks.add("the model cannot be read: " + e.getMessage());
      return null;
    }
  }
}
