package org.bitloom.cli.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.OutputFile;
import org.bitloom.error.UsageException;
import org.bitloom.export.ExportFormat;
import org.bitloom.io.ModelFile;
import org.bitloom.session.Evaluation;
import org.bitloom.settings.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a model as a file of other programs. */
@Command(
    name = "export",
    sortOptions = false,
    description = "Write a model as a file for other programs.")
public final class ExportCommand implements Callable<Integer> {
  private static final String TORCHSCRIPT = "torchscript";

  @Parameters(paramLabel = "MODEL", description = "Model file, or the folder of its run.")
  private Path model;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      required = true,
      description =
          "onnx: raw pixels in, weights as integers; packed: the smallest file; c: one C99 file;"
              + " floats: safetensors of real weights; torchscript: the module given with --net,"
              + " with its trained weights; model: a model file.")
  private String format;

  @Option(
      names = "--lossless",
      description =
          "packed: keep also what computes nothing, so that the model comes back to the byte.")
  private boolean lossless;

  @Mixin private OutputFile output;

  @Option(
      names = "--net",
      paramLabel = "FILE",
      description =
          "Module the model was trained from with --net FILE (default: network.pt beside it).")
  private Path network;

  @Mixin private ReadingOptions reading;
  @Mixin private CommonOptions common;
  private final Console console;
  private final Library library;

  public ExportCommand(Console console, Library library) {
    this.console = console;
    this.library = library;
  }

  @Override
  public Integer call() throws IOException {
    Path file = RunFiles.modelOf(model);
    Optional<ExportFormat> known = known();
    if (network != null && known.isPresent()) {
      throw new UsageException("--net is for --to torchscript, got --to " + format, "leave it out");
    }
    Evaluation.Source source =
        new Evaluation.Source(file, Optional.ofNullable(network), reading.reading());
    Path target = target(file);
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    reading.warn(console, file);
    List<String> remarks =
        known.isPresent()
            ? known.get().write(source.reading().of(ModelFile.read(file)), target)
            : library.exportModule(source, target);
    report(target, remarks);
    return 0;
  }

  /** Returns the format that needs nothing but the model; empty = torchscript. */
  private Optional<ExportFormat> known() {
    boolean packed = format.equals(ExportFormat.PACKED.label());
    if (lossless && !packed) {
      throw new UsageException("--lossless is for --to packed, got --to " + format, "leave it out");
    }
    if (lossless) {
      return Optional.of(ExportFormat.LOSSLESS);
    }
    List<String> labels = new ArrayList<>();
    for (ExportFormat each : ExportFormat.values()) {
      if (each.label().equals(format)) {
        return Optional.of(each);
      }
      if (each != ExportFormat.LOSSLESS) {
        labels.add(each.label());
      }
    }
    labels.add(TORCHSCRIPT);
    if (!format.equals(TORCHSCRIPT)) {
      throw new UsageException(
          "--to must be one of " + String.join(", ", labels) + ", got '" + format + "'",
          "choose one");
    }
    return Optional.empty();
  }

  private Path target(Path file) throws IOException {
    if (output.isStdout()) {
      throw new UsageException("-o must be a file, got -", "name one");
    }
    Path target = output.path();
    Path module = network == null ? file.resolveSibling(RunFiles.NETWORK) : network;
    for (Path read : List.of(file, module)) {
      if (Files.exists(target) && Files.exists(read) && Files.isSameFile(target, read)) {
        throw new UsageException(
            "-o must be another file than the one that is read, got " + target,
            "choose another name");
      }
    }
    return target;
  }

  private void report(Path target, List<String> remarks) throws IOException {
    boolean regular = Files.isRegularFile(target);
    if (common.json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("file", target.toString());
      object.put("format", format);
      object.put("bytes", regular ? Files.size(target) : null);
      object.put("remarks", remarks);
      console.json(object);
      return;
    }
    console.line("file   %s", target);
    if (regular) {
      console.line("bytes  %,d", Files.size(target));
    }
    remarks.forEach(remark -> console.line("%s", remark));
  }
}
