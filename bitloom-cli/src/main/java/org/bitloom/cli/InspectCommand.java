package org.bitloom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bitloom.io.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what is in a model file. */
@Command(
    name = "inspect",
    sortOptions = false,
    description = "Show the layers of a model: masks, signs, zeros and bit-planes.")
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "Model file, or the folder of its run.")
  private Path model;

  @Mixin private CommonOptions common;
  private final Console console;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ModelReport report = ModelReport.of(ModelFile.read(RunPaths.model(model)));
    if (common.json) {
      console.json(report.object());
    } else {
      report.print(console);
    }
    return 0;
  }
}
