package org.bitloom.cli.payload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.DataDirOption;
import org.bitloom.cli.command.DownloadLines;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.command.Library;
import org.bitloom.data.DataSets;
import org.bitloom.error.UsageException;
import org.bitloom.model.Reading;
import org.bitloom.session.Evaluation;
import org.bitloom.settings.DeviceChoice;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options with which a command that changes a model measures it before and after. */
final class AccuracyOptions {
  @Option(
      names = "--data",
      paramLabel = "NAME",
      description = "Data set to measure the test accuracy on, before and after (default: none).")
  private String data;

  @Mixin private DataDirOption dataDir;

  private Double before;
  private Double after;

  void check() {
    if (data == null && dataDir.optional().isPresent()) {
      throw new UsageException(
          "--data-dir says where --data lies, got no --data", "add --data NAME, or leave it out");
    }
    if (data != null) {
      DataSets.checkName(data);
    }
  }

  /** Measures two models if that was asked for. */
  void measure(Library library, Console console, Path original, Path changed) throws IOException {
    if (data != null) {
      before = accuracy(library, console, original);
      after = accuracy(library, console, changed);
    }
  }

  private double accuracy(Library library, Console console, Path model) throws IOException {
    Evaluation.Data samples =
        new Evaluation.Data(Optional.of(data), dataDir.optional(), new DownloadLines(console));
    int threads = Runtime.getRuntime().availableProcessors();
    Evaluation.Source source = new Evaluation.Source(model, Optional.empty(), Reading.PLAIN);
    return library.evaluate(source, samples, threads, DeviceChoice.CPU).accuracy();
  }

  void put(Map<String, Object> object) {
    if (before != null) {
      object.put("accuracyBefore", before);
      object.put("accuracyAfter", after);
    }
  }

  void print(Console console) {
    if (before != null) {
      console.line(
          "accuracy    %s before, %s after", Figures.percent(before), Figures.percent(after));
    }
  }
}
