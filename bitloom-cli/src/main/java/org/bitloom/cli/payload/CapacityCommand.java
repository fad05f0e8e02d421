package org.bitloom.cli.payload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.command.Library;
import org.bitloom.error.UsageException;
import org.bitloom.io.ModelFile;
import org.bitloom.payload.Capacity;
import org.bitloom.payload.FreeBits;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;
import org.bitloom.settings.RunFiles;
import org.bitloom.settings.RunSettings.BitWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells how much payload fits. */
@Command(
    name = "capacity",
    sortOptions = false,
    description = "Tell how much payload fits into a model, or into a network before training.")
public final class CapacityCommand implements Callable<Integer> {
  private static final int CLASSES = 10;
  private static final int NAME_BYTES = 16;

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = "Model file, or the folder of its run.")
  private Path model;

  @Option(names = "--net", paramLabel = "NAME", description = "Network, in place of a model.")
  private String network;

  @Option(
      names = "--bits",
      paramLabel = "N",
      description = "Bits per weight of --net (default: 6).")
  private Integer depth;

  @Option(
      names = "--mask",
      paramLabel = "MASK",
      description = "Trained bits of --net (default: top3).")
  private String mask;

  @Option(
      names = "--image",
      paramLabel = "CxHxW",
      description = "Images of --net (default: 1x28x28 for lenet300, else 3x32x32).")
  private String image;

  @Option(names = "--classes", paramLabel = "N", description = "Classes of --net (default: 10).")
  private Integer classes;

  @Mixin private CommonOptions common;
  private final Console console;
  private final Library library;

  public CapacityCommand(Console console, Library library) {
    this.console = console;
    this.library = library;
  }

  @Override
  public Integer call() throws IOException {
    boolean options = depth != null || mask != null || image != null || classes != null;
    if ((model == null) == (network == null) || (model != null && options)) {
      throw new UsageException(
          "capacity must be asked of a model file or of --net with its options",
          "such as capacity --net lenet300 --bits 32 --mask top3");
    }
    Capacity capacity =
        model == null
            ? Capacity.of(library.carrier(network, image(), classes(), weights()))
            : FreeBits.of(ModelFile.read(RunFiles.modelOf(model))).capacity();
    long file = capacity.largestFile(NAME_BYTES);
    if (common.json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("bits", capacity.bits());
      object.put("bytes", capacity.bytes());
      object.put("share", capacity.share());
      object.put("largestFile", file);
      console.json(object);
    } else {
      console.line("free bits  %d", capacity.bits());
      console.line("bytes      %d (%s)", capacity.bytes(), Figures.bytes(capacity.bytes()));
      console.line("share      %s of the bits of all weights", Figures.percent(capacity.share()));
      console.line("a file     %d bytes with a name of %d letters", file, NAME_BYTES);
    }
    return 0;
  }

  private int classes() {
    return classes == null ? CLASSES : classes;
  }

  private BitWeights weights() {
    return RunChoices.none().with(Choice.DEPTH, depth).with(Choice.MASK, mask).bits();
  }

  private List<Integer> image() {
    String text = image;
    if (text == null) {
      text = network.startsWith("lenet") ? "1x28x28" : "3x32x32";
    }
    List<Integer> shape = new ArrayList<>();
    for (String side : text.split("x", -1)) {
      if (!side.matches("[1-9][0-9]{0,3}")) {
        throw new UsageException("image must be CxHxW, got '" + text + "'", "such as 3x32x32");
      }
      shape.add(Integer.valueOf(side));
    }
    return shape;
  }
}
