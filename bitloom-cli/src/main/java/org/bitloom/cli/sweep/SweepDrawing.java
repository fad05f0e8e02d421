package org.bitloom.cli.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bitloom.plot.Caption;
import org.bitloom.plot.FloatPoint;
import org.bitloom.plot.SweepPictures;
import org.bitloom.plot.SweepPoint;
import org.bitloom.plot.SweepResults;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.worker.RunEnd;
import org.bitloom.worker.RunEnd.Finished;

/** Hands the results of a sweep over to the pictures. */
final class SweepDrawing {
  private final List<Finished> runs;

  /** Takes the runs that were trained to their end. */
  SweepDrawing(List<RunEnd> ends) {
    this.runs = ends.stream().filter(Finished.class::isInstance).map(Finished.class::cast).toList();
  }

  /**
   * Writes the pictures that apply.
   *
   * @param command that made the runs, for the caption
   */
  SweepPictures.Files draw(Path folder, String command) throws IOException {
    List<RunSettings> all = runs.stream().map(run -> run.run().settings()).toList();
    List<String> common = SweepSettings.varied(SweepSettings.OF_ALL, all);
    List<String> bitsOnly = SweepSettings.varied(SweepSettings.OF_BITS, all);
    List<SweepPoint> points = new ArrayList<>();
    Map<String, Set<String>> groups = new LinkedHashMap<>();
    for (Finished run : runs) {
      BitWeights bits = bits(run);
      if (bits != null) {
        String place = text(SweepSettings.OF_ALL, common, run);
        String group = joined(place, text(SweepSettings.OF_BITS, bitsOnly, run));
        groups.computeIfAbsent(place, key -> new LinkedHashSet<>()).add(group);
        String mask = bits.mask().at(bits.depth()).mask();
        long seed = run.run().settings().seed();
        points.add(
            new SweepPoint(
                bits.depth(), mask, group, seed, run.testAccuracy(), run.nonZeroShare()));
      }
    }
    List<FloatPoint> floats = new ArrayList<>();
    for (Finished run : runs) {
      if (bits(run) == null) {
        for (String group :
            groups.getOrDefault(text(SweepSettings.OF_ALL, common, run), Set.of())) {
          floats.add(new FloatPoint(group, run.run().settings().seed(), run.testAccuracy()));
        }
      }
    }
    return SweepPictures.draw(new SweepResults(points, floats, caption(command)), folder);
  }

  private static String joined(String one, String other) {
    return one.isEmpty() || other.isEmpty() ? one + other : one + ", " + other;
  }

  private static BitWeights bits(Finished run) {
    return run.run().settings().weights() instanceof BitWeights bits ? bits : null;
  }

  /** Returns such as {@code network conv2, batch 25}; empty if there are no names. */
  private static String text(
      Map<String, Function<RunSettings, String>> settings, List<String> names, Finished run) {
    return names.stream()
        .map(name -> name + " " + settings.get(name).apply(run.run().settings()))
        .collect(Collectors.joining(", "));
  }

  private Caption caption(String command) {
    String networks = distinct(RunSettings::network);
    String data = distinct(settings -> settings.data().name());
    return new Caption(
        networks + " on " + data,
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
