package org.bitloom.cli.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.ExitCode;
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
    console.line("A  %s", first);
    console.line("B  %s", second);
    console.line("");
    new ComparisonTable(comparison).lines().forEach(line -> console.line("%s", line));
  }
}
