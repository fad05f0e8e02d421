package org.bitloom.report.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bitloom.plot.Caption;
import org.bitloom.plot.SweepPictures;
import org.bitloom.plot.SweepPoint;
import org.bitloom.plot.SweepResults;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.settings.RunSettings.FloatWeights;
import org.bitloom.sweep.VariedSettings;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.RunResult.Finished;

/** Hands the results of a sweep over to the pictures. */
public final class SweepDrawing {
  private final List<Finished> runs;
  private final String title;

  /**
   * Takes the runs that were trained to their end.
   *
   * @param title of the pictures; null = network and data
   */
  public SweepDrawing(List<RunResult> ends, String title) {
    this.title = title;
    this.runs = ends.stream().filter(Finished.class::isInstance).map(Finished.class::cast).toList();
  }

  /**
   * Writes the pictures that apply.
   *
   * @param command that made the runs, for the caption
   */
  public SweepPictures.Files draw(Path folder, String command) throws IOException {
    return SweepPictures.draw(results(command), folder);
  }

  /** Returns what the pictures show. */
  SweepResults results(String command) {
    VariedSettings varied = VariedSettings.of(runs.stream().map(run -> settings(run)).toList());
    List<SweepPoint> points = new ArrayList<>();
    Map<String, List<Double>> floats = new LinkedHashMap<>();
    for (Finished run : runs) {
      if (settings(run).weights() instanceof BitWeights bits) {
        String group = varied.group(settings(run));
        points.add(point(run, bits, group));
        floats.computeIfAbsent(group, key -> floats(varied, settings(run)));
      }
    }
    return new SweepResults(points, floats, caption(command));
  }

  private static RunSettings settings(Finished run) {
    return run.run().settings();
  }

  private static SweepPoint point(Finished run, BitWeights bits, String group) {
    return new SweepPoint(
        bits.depth(),
        bits.mask().at(bits.depth()).mask(),
        group,
        settings(run).seed(),
        run.testAccuracy(),
        run.nonZeroShare());
  }

  /** Returns the accuracies of the floats that a bit-wise run is compared with. */
  private List<Double> floats(VariedSettings varied, RunSettings bitWise) {
    return runs.stream()
        .filter(run -> settings(run).weights() instanceof FloatWeights)
        .filter(run -> varied.common(settings(run)).equals(varied.common(bitWise)))
        .map(Finished::testAccuracy)
        .toList();
  }

  private Caption caption(String command) {
    String networks = distinct(RunSettings::network);
    String data = distinct(settings -> settings.data().name());
    return new Caption(
        title == null ? networks + " on " + data : title,
        networks,
        data,
        distinct(settings -> Long.toString(settings.seed())),
        command);
  }

  private String distinct(Function<RunSettings, String> value) {
    return runs.stream()
        .map(run -> value.apply(run.run().settings()))
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
