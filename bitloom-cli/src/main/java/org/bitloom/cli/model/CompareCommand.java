package org.bitloom.cli.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Figures;
import org.bitloom.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts two runs side by side. */
@Command(
    name = "compare",
    sortOptions = false,
    description = "Show the settings in which two runs differ, and their last metrics.")
public final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the first run.")
  private Path first;

  @Parameters(index = "1", paramLabel = "RUN", description = "Folder of the second run.")
  private Path second;

  @Mixin private CommonOptions common;
  private final Console console;

  public CompareCommand(Console console) {
    this.console = console;
  }

  /** One line of the comparison; null = the run has no such value. */
  private record Row(String key, Object left, Object right) {}

  @Override
  public Integer call() throws IOException {
    RunRecord left = RunRecord.read(first);
    RunRecord right = RunRecord.read(second);
    List<Row> settings =
        rows(left.config(), right.config(), row -> !Objects.equals(row.left(), row.right()));
    List<Row> metrics = rows(left.metrics(), right.metrics(), row -> true);
    if (common.json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("runs", List.of(first.toString(), second.toString()));
      object.put("settings", object(settings));
      object.put("metrics", object(metrics));
      console.json(object);
    } else {
      print(settings, metrics);
    }
    return 0;
  }

  private static List<Row> rows(
      Map<String, Object> left, Map<String, Object> right, Predicate<Row> wanted) {
    Set<String> keys = new LinkedHashSet<>(left.keySet());
    keys.addAll(right.keySet());
    return keys.stream()
        .map(key -> new Row(key, left.get(key), right.get(key)))
        .filter(wanted)
        .toList();
  }

  private static Map<String, Object> object(List<Row> rows) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (Row row : rows) {
      List<Object> pair = new ArrayList<>();
      pair.add(row.left());
      pair.add(row.right());
      object.put(row.key(), pair);
    }
    return object;
  }

  private void print(List<Row> settings, List<Row> metrics) {
    Row title = new Row("", first, second);
    List<Row> all = new ArrayList<>(List.of(title));
    all.addAll(settings);
    all.addAll(metrics);
    int keys = all.stream().mapToInt(row -> row.key().length()).max().orElse(0);
    int lefts = all.stream().mapToInt(row -> text(row.left()).length()).max().orElse(0);
    String format = "%-" + keys + "s  %-" + lefts + "s  %s";
    printRows(format, List.of(title));
    console.line(settings.isEmpty() ? "settings: no difference" : "settings that differ");
    printRows(format, settings);
    console.line(metrics.isEmpty() ? "metrics: no epoch has ended" : "metrics of the last epoch");
    printRows(format, metrics);
  }

  private void printRows(String format, List<Row> rows) {
    for (Row row : rows) {
      console.line(format, row.key(), text(row.left()), text(row.right()));
    }
  }

  private static String text(Object value) {
    if (value == null) {
      return "-";
    }
    if (value instanceof Double number) {
      return Figures.format("%.6g", number);
    }
    return value instanceof String || value instanceof Path ? value.toString() : Json.print(value);
  }
}
