package org.bitloom.cli.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.ExitCode;
import org.bitloom.cli.command.Figures;
import org.bitloom.io.Json;
import org.bitloom.run.RunComparison;
import org.bitloom.run.RunComparison.Line;
import org.bitloom.run.RunReader;
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

  private static final int FEW_CLASSES = 12;

  @Mixin private CommonOptions common;
  private final Console console;

  public CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    RunComparison comparison = RunComparison.of(run(first), run(second));
    if (common.json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("runs", List.of(first.toString(), second.toString()));
      object.put("settings", object(comparison.settings()));
      object.put("metrics", object(comparison.metrics()));
      object.put("testPerClass", object(comparison.perClass()));
      console.json(object);
    } else {
      print(comparison);
    }
    return ExitCode.DONE;
  }

  private static RunReader run(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    return RunReader.open(folder);
  }

  private static Map<String, Object> object(List<Line> lines) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (Line line : lines) {
      List<Object> pair = new ArrayList<>();
      pair.add(line.left());
      pair.add(line.right());
      object.put(line.key(), pair);
    }
    return object;
  }

  private void print(RunComparison comparison) {
    List<Line> settings = comparison.settings();
    List<Line> metrics = comparison.metrics();
    List<Line> perClass = mostDifferent(comparison.perClass());
    Line title = new Line("", first, second);
    List<Line> all = new ArrayList<>(List.of(title));
    all.addAll(settings);
    all.addAll(metrics);
    all.addAll(perClass);
    int keys = all.stream().mapToInt(line -> line.key().length()).max().orElse(0);
    int lefts = all.stream().mapToInt(line -> text(line.left()).length()).max().orElse(0);
    String format = "%-" + keys + "s  %-" + lefts + "s  %s";
    printRows(format, List.of(title));
    console.line(settings.isEmpty() ? "settings: no difference" : "settings that differ");
    printRows(format, settings);
    console.line(metrics.isEmpty() ? "metrics: no epoch has ended" : "metrics of the last epoch");
    printRows(format, metrics);
    if (!perClass.isEmpty()) {
      int more = comparison.perClass().size() - perClass.size();
      console.line(
          "test accuracy per class%s",
          more == 0 ? "" : Figures.format(", the most different; %d more differ less", more));
      printRows(format, perClass);
    }
  }

  /** Returns all classes if they are few, else those in which the runs differ most. */
  private static List<Line> mostDifferent(List<Line> perClass) {
    if (perClass.size() <= FEW_CLASSES) {
      return perClass;
    }
    return perClass.stream()
        .sorted(Comparator.comparingDouble(CompareCommand::difference).reversed())
        .limit(FEW_CLASSES)
        .toList();
  }

  private static double difference(Line line) {
    return line.left() instanceof Double left && line.right() instanceof Double right
        ? Math.abs(left - right)
        : 1;
  }

  private void printRows(String format, List<Line> lines) {
    for (Line line : lines) {
      console.line(format, line.key(), text(line.left()), text(line.right()));
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
