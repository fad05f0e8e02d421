package org.bitloom.cli.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.command.OutputFile;
import org.bitloom.error.UsageException;
import org.bitloom.io.AtomicFiles;
import org.bitloom.report.ReportDocument;
import org.bitloom.report.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes a page about runs, sweeps and models. */
@Command(
    name = "report",
    sortOptions = false,
    description = "Show runs, sweeps or models as one web page that needs nothing but itself.")
public final class ReportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RUN|SWEEP|MODEL",
      arity = "1..*",
      description = "Folders of runs or sweeps, or model files.")
  private List<Path> subjects;

  @Mixin private OutputFile output;
  @Mixin private CommonOptions common;
  private final Console console;

  public ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    boolean stdout = output.isStdout();
    if (stdout && common.json) {
      throw new UsageException(
          "--json prints its object on stdout, where -o - writes the page, got both",
          "leave out one of the two");
    }
    Path target = output.path();
    byte[] page = ReportPage.of(ReportDocument.of(subjects)).getBytes(StandardCharsets.UTF_8);
    if (stdout) {
      console.content().write(page, 0, page.length);
      return 0;
    }
    AtomicFiles.write(target, out -> out.write(page));
    report(target, page.length);
    return 0;
  }

  private void report(Path target, long bytes) {
    if (common.json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("file", target.toString());
      object.put("bytes", Files.isRegularFile(target) ? bytes : null);
      console.json(object);
      return;
    }
    console.line("%s (%s)", target, Figures.bytes(bytes));
  }
}
