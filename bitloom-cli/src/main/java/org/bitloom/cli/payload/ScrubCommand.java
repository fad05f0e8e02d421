package org.bitloom.cli.payload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.OutputFile;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.payload.FreeBits;
import org.bitloom.settings.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes whatever is in the free bits away. */
@Command(
    name = "scrub",
    sortOptions = false,
    description = "Draw all free bits of a model anew: whatever was in them is gone.")
public final class ScrubCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "Model file, or the folder of its run.")
  private Path model;

  @Mixin private OutputFile output;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the noise (default: 1).")
  private long seed = 1;

  @Mixin private AccuracyOptions measured;
  @Mixin private CommonOptions common;
  private final Console console;
  private final Library library;

  public ScrubCommand(Console console, Library library) {
    this.console = console;
    this.library = library;
  }

  @Override
  public Integer call() throws IOException {
    measured.check();
    Path target = output.path();
    Path source = RunFiles.modelOf(model);
    BitModel original = ModelFile.read(source);
    FreeBits noise = FreeBits.noise(FreeBits.of(original).tensors(), seed);
    noise.capacity().requireRoom();
    ModelFile.write(target, noise.into(original));
    measured.measure(library, console, source, target);
    if (common.json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("model", target.toString());
      object.put("bits", noise.capacity().bits());
      measured.put(object);
      console.json(object);
    } else {
      console.line("model       %s", target);
      console.line("redrawn     %d free bits", noise.capacity().bits());
      measured.print(console);
    }
    return 0;
  }
}
