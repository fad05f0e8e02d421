package org.bitloom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bitloom.plot.Caption;
import org.bitloom.plot.FloatPoint;
import org.bitloom.plot.PictureFiles;
import org.bitloom.plot.SweepPictures;
import org.bitloom.plot.SweepPoint;
import org.bitloom.plot.SweepResults;
import org.bitloom.run.RunSettings;
import org.bitloom.run.RunSettings.BitWeights;
import org.bitloom.sweep.RunEnd;
import org.bitloom.sweep.RunEnd.Finished;

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
  PictureFiles draw(Path folder, String command) throws IOException {
    Varied common = new Varied(runs.stream().map(SweepDrawing::common).toList());
    Varied bitsOnly =
        new Varied(
            runs.stream().filter(run -> bits(run) != null).map(SweepDrawing::weights).toList());
    List<SweepPoint> points = new ArrayList<>();
    Map<String, Set<String>> groups = new LinkedHashMap<>();
    for (Finished run : runs) {
      BitWeights bits = bits(run);
      if (bits != null) {
        String place = common.text(common(run));
        String group = joined(place, bitsOnly.text(weights(run)));
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
        for (String group : groups.getOrDefault(common.text(common(run)), Set.of())) {
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

  /** Returns the settings that floats have too, but for the seed. */
  private static Map<String, String> common(Finished run) {
    RunSettings settings = run.run().settings();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("network", settings.network());
    values.put("data", settings.data().name());
    values.put("limit", Integer.toString(settings.data().limit()));
    values.put("augment", settings.data().augmentation().toString());
    values.put("optimizer", settings.optimizer());
    values.put("schedule", settings.schedule().toString());
    values.put("batch", Integer.toString(settings.batch()));
    return values;
  }

  private static Map<String, String> weights(Finished run) {
    BitWeights bits = Objects.requireNonNull(bits(run));
    Map<String, String> values = new LinkedHashMap<>();
    values.put("rule", bits.rule().label());
    values.put("drift", Double.toString(bits.drift()));
    return values;
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

  /** The settings in which some runs differ. */
  private record Varied(Set<String> keys) {
    Varied(List<Map<String, String>> all) {
      this(differing(all));
    }

    private static Set<String> differing(List<Map<String, String>> all) {
      Set<String> keys = new LinkedHashSet<>();
      for (Map<String, String> values : all) {
        values.forEach(
            (key, value) -> {
              if (!value.equals(all.get(0).get(key))) {
                keys.add(key);
              }
            });
      }
      return keys;
    }

    /** Returns such as {@code network conv2, batch 25}; empty if nothing differs. */
    String text(Map<String, String> values) {
      StringJoiner text = new StringJoiner(", ");
      keys.forEach(key -> text.add(key + " " + values.get(key)));
      return text.toString();
    }
  }
}
