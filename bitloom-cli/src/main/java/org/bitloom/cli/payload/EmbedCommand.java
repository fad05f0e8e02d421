package org.bitloom.cli.payload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.OutputFile;
import org.bitloom.error.UsageException;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.payload.ContainerHeader;
import org.bitloom.payload.FreeBits;
import org.bitloom.seal.PayloadFile;
import org.bitloom.seal.Payloads;
import org.bitloom.settings.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a file into the free bits of a model. */
@Command(
    name = "embed",
    sortOptions = false,
    description = "Put a file into the free bits of a model; its trained bits stay as they are.")
public final class EmbedCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "Model file, or the folder of its run.")
  private Path model;

  @Parameters(index = "1", paramLabel = "FILE", description = "File to embed.")
  private Path file;

  @Mixin private OutputFile output;

  @Mixin private SealOptions sealing;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the noise after the payload (default: 1).")
  private long seed = 1;

  @Mixin private AccuracyOptions measured;
  @Mixin private CommonOptions common;
  private final Console console;
  private final Library library;
  private final Passphrases passphrases;

  public EmbedCommand(Console console, Library library, Passphrases passphrases) {
    this.console = console;
    this.library = library;
    this.passphrases = passphrases;
  }

  @Override
  public Integer call() throws IOException {
    measured.check();
    Path target = output.path();
    Path source = RunFiles.modelOf(model);
    BitModel carrier = ModelFile.read(source);
    if (carrier.inner().isPresent()) {
      throw new UsageException(
          "free bits must hold nothing yet, those of " + source + " hold a nested network",
          "scrub the model first");
    }
    FreeBits bits = FreeBits.noise(FreeBits.of(carrier).tensors(), seed);
    bits.capacity().requireRoom();
    PayloadFile payload = PayloadFile.of(file);
    ContainerHeader header = Payloads.embed(bits, payload, sealing.sealing(passphrases));
    BitModel filled = bits.into(carrier);
    ModelFile.write(target, filled);
    measured.measure(library, console, source, target);
    print(target, payload, header, bits.capacity().bytes());
    return 0;
  }

  private void print(Path target, PayloadFile payload, ContainerHeader header, long capacity) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("model", target.toString());
    object.put("name", payload.name());
    object.put("bytes", payload.bytes());
    object.put("containerBytes", header.containerBytes());
    object.put("capacity", capacity);
    measured.put(object);
    if (common.json) {
      console.json(object);
      return;
    }
    console.line("model       %s", object.get("model"));
    console.line("payload     %s, %d bytes", payload.name(), payload.bytes());
    console.line(
        "container   %d of %d bytes (%s)",
        header.containerBytes(),
        capacity,
        Figures.percent((double) header.containerBytes() / capacity));
    measured.print(console);
  }
}
