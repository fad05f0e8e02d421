package org.bitloom.cli.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bitloom.bits.LayerPattern;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.error.UsageException;
import org.bitloom.io.FileKind;
import org.bitloom.io.ModelFile;
import org.bitloom.io.PackedFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelStatistics;
import org.bitloom.model.ModelTensor;
import org.bitloom.plot.PlanePicture;
import org.bitloom.settings.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is in a model file. */
@Command(
    name = "inspect",
    sortOptions = false,
    description = "Show what a model is, and its layers: masks, signs, zeros and bit-planes.")
public final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "Model file, or the folder of its run.")
  private Path model;

  @Option(names = "--by-plane", description = "Show a row for every bit-plane of a layer, too.")
  private boolean byPlane;

  @Option(
      names = "--planes",
      paramLabel = "FILE.png",
      description = "Draw the bit-planes into a picture, a panel per bit, and print no table.")
  private Path picture;

  @Option(
      names = "--layer",
      paramLabel = "PATTERN",
      description = "Layers to draw: first, last, or a name with * and ? (default: all).")
  private String layer;

  @Mixin private CommonOptions common;
  private final Console console;

  public InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (layer != null && picture == null) {
      throw new UsageException(
          "--layer chooses what --planes draws, got no --planes", "add --planes planes.png");
    }
    Path file = RunFiles.modelOf(model);
    List<PackedFile.Part> parts = List.of();
    BitModel read;
    if (FileKind.of(file) == FileKind.PACKED) {
      PackedFile.Content content = PackedFile.read(file);
      read = content.model();
      parts = content.parts();
    } else {
      read = ModelFile.read(file);
    }
    ModelReport report = new ModelReport(ModelStatistics.of(read), parts);
    if (picture != null) {
      draw(read, report);
    } else if (common.json) {
      console.json(report.object());
    } else {
      new ModelOrigin(read, file).lines().forEach(line -> console.line("%s", line));
      report.print(console);
      if (byPlane) {
        report.printPlanes(console);
      }
    }
    return 0;
  }

  private void draw(BitModel read, ModelReport report) throws IOException {
    if (!picture.toString().endsWith(".png") || Files.isDirectory(picture)) {
      throw new UsageException(
          "--planes must name a file that ends in .png, got " + picture, "try planes.png");
    }
    List<BitTensor> layers = layers(read);
    PlanePicture.Size size = PlanePicture.of(read, layers).write(picture);
    if (common.json) {
      Map<String, Object> object = report.object();
      object.put("picture", picture.toString());
      console.json(object);
    } else {
      console.line(
          "%s: bit-planes of %d layers, %d x %d pixels",
          picture, layers.size(), size.width(), size.height());
    }
  }

  private List<BitTensor> layers(BitModel read) {
    Map<String, BitTensor> bits = new LinkedHashMap<>();
    for (ModelTensor tensor : read.tensors()) {
      if (tensor instanceof BitTensor found) {
        bits.put(found.name(), found);
      }
    }
    if (bits.isEmpty()) {
      throw new UsageException(
          "the model must have bit-wise weights to draw, all of its are floats",
          "train with --bits");
    }
    List<String> names = List.copyOf(bits.keySet());
    List<String> chosen = layer == null ? names : new LayerPattern(layer).select(names);
    return chosen.stream().map(bits::get).toList();
  }
}
