package org.bitloom.report.sweep;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.plot.Picture;
import org.bitloom.plot.SweepPictures;
import org.bitloom.plot.SweepResults;
import org.bitloom.report.run.Room;
import org.bitloom.report.run.RunPart;
import org.bitloom.sweep.SweepReader;
import org.bitloom.sweep.SweepTable;
import org.bitloom.worker.RunResult;

/** What a page tells of a sweep. */
public final class SweepPart {
  private final SweepReader sweep;
  private final String id;
  private final Room room;
  private final List<String> remarks = new ArrayList<>();
  private final Map<String, String> idOf = new LinkedHashMap<>();

  private SweepPart(SweepReader sweep, String id, Room room) {
    this.sweep = sweep;
    this.id = id;
    this.room = room;
    remarks.addAll(sweep.remarks());
  }

  /**
   * Describes a sweep and its runs.
   *
   * @param folder of the sweep
   * @param id by which the page knows it
   * @param pictures whether they are drawn, which takes a second
   * @throws org.bitloom.error.UsageException if it is none
   */
  public static Map<String, Object> of(Path folder, String id, Room room, boolean pictures)
      throws IOException {
    SweepPart part = new SweepPart(SweepReader.open(folder), id, room);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    Path name = folder.toAbsolutePath().normalize().getFileName();
    json.put("name", name == null ? folder.toString() : name.toString());
    json.put("folder", folder.toString());
    json.put("working", part.sweep.inUse());
    json.put("description", part.sweep.description());
    json.put("runs", part.runs());
    SweepRows rows = new SweepRows(SweepTable.of(part.sweep.ends()), part.sweep.ends(), part.idOf);
    json.put("varied", rows.varied());
    json.put("rows", rows.objects());
    json.put("test", rows.test());
    json.put("pictures", pictures ? part.pictures() : List.of());
    json.put("remarks", part.remarks);
    return json;
  }

  /** Describes the runs that ended, in their order, then those that have a folder only. */
  private List<Object> runs() throws IOException {
    Map<String, Path> folders = sweep.runs();
    Room each = room.ofSweep(Math.max(folders.size(), sweep.ends().size()));
    List<Object> runs = new ArrayList<>();
    for (RunResult end : sweep.ends()) {
      String run = end.run().id();
      Map<String, Object> json = described(run, folders.remove(run), each);
      runs.add(json == null ? RunPart.ofResult(end, idOf(run)) : RunPart.withEnd(json, end));
    }
    for (Map.Entry<String, Path> left : folders.entrySet()) {
      Map<String, Object> json = described(left.getKey(), left.getValue(), each);
      if (json != null) {
        runs.add(json);
      }
    }
    return runs;
  }

  private String idOf(String run) {
    return idOf.computeIfAbsent(run, name -> id + "-" + (idOf.size() + 1));
  }

  /** Describes a run by its folder; null if it has none, or one that cannot be read. */
  private Map<String, Object> described(String run, Path folder, Room each) {
    if (folder == null) {
      return null;
    }
    try {
      return RunPart.of(folder, idOf(run), each);
    } catch (IOException | RuntimeException e) { // one of many, which may be deleted just now
      remarks.add("the folder of " + run + " cannot be read: " + e.getMessage());
      return null;
    }
  }

  private List<Object> pictures() throws IOException {
    String command = String.valueOf(sweep.description().getOrDefault("command", "not known"));
    SweepResults results = new SweepDrawing(sweep.ends(), null).results(command);
    List<Object> pictures = new ArrayList<>();
    for (Picture picture : Picture.applicableTo(results.points())) {
      ByteArrayOutputStream svg = new ByteArrayOutputStream();
      SweepPictures.writeSvg(picture, results, svg);
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", picture.fileName());
      json.put("svg", Base64.getEncoder().encodeToString(svg.toByteArray()));
      pictures.add(json);
    }
    return pictures;
  }
}
