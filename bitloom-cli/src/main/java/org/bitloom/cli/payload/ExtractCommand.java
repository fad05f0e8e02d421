package org.bitloom.cli.payload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.OutputFile;
import org.bitloom.error.UsageException;
import org.bitloom.io.AtomicFiles;
import org.bitloom.seal.AgeKey;
import org.bitloom.seal.CarrierFile;
import org.bitloom.seal.Extraction;
import org.bitloom.seal.Payloads;
import org.bitloom.settings.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gets a file out of the free bits of a model. */
@Command(
    name = "extract",
    sortOptions = false,
    description = "Get the file out of the free bits of a model, proven by its checksums.")
public final class ExtractCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      description =
          "Model file, even a damaged one, or the folder of its run; or what --raw wrote.")
  private Path model;

  @Mixin private OutputFile output;

  @Option(
      names = "--raw",
      description =
          "Write the payload as stored: an age file if it is encrypted, else a container.")
  private boolean raw;

  @Mixin private KeyOptions keys;
  @Mixin private CommonOptions common;
  private final Console console;
  private final Passphrases passphrases;

  public ExtractCommand(Console console, Passphrases passphrases) {
    this.console = console;
    this.passphrases = passphrases;
  }

  @Override
  public Integer call() throws IOException {
    if (output.isStdout() && common.json) {
      throw new UsageException(
          "--json must have stdout for itself, got -o - too", "leave out one of the two");
    }
    if (raw && keys.isGiven()) {
      throw new UsageException(
          "--raw writes the payload as it is stored, got a key too", "leave out one of the two");
    }
    Optional<Path> target = output.isStdout() ? Optional.empty() : Optional.of(output.path());
    Path file = RunFiles.modelOf(model);
    Source source = Payloads.isStored(file) ? stored(file) : embedded(file);
    Extraction[] found = new Extraction[1];
    if (target.isPresent()) {
      AtomicFiles.write(target.get(), out -> found[0] = source.copyTo(out));
    } else {
      found[0] = source.copyTo(console.content());
    }
    report(found[0], target);
    return 0;
  }

  /** Writes the payload and says what it was. */
  private interface Source {
    Extraction copyTo(OutputStream out) throws IOException;
  }

  private Source embedded(Path file) throws IOException {
    CarrierFile carrier = CarrierFile.read(file);
    Extraction proven = carrier.prove();
    PayloadFacts.warn(console, carrier);
    if (raw) {
      return out -> Payloads.extractRaw(carrier.bits(), out);
    }
    AgeKey key = proven.isOpen() ? AgeKey.NONE : keys.orAsk(passphrases);
    return out -> proven.opened(Payloads.extract(carrier.bits(), key, out));
  }

  private Source stored(Path file) throws IOException {
    if (raw) {
      throw new UsageException(
          "--raw must be asked of a model, got a payload that is out already: " + file,
          "leave out --raw");
    }
    AgeKey key = Payloads.isEncrypted(file) ? keys.orAsk(passphrases) : AgeKey.NONE;
    return out -> {
      try (InputStream in = Files.newInputStream(file)) {
        return Payloads.extractStored(in, key, out);
      }
    };
  }

  private void report(Extraction found, Optional<Path> target) {
    Console notices = target.isPresent() ? console : console.toErr();
    if (common.json) {
      Map<String, Object> object = new PayloadFacts(found).object();
      object.put("file", target.map(Path::toString).orElse(null));
      console.json(object);
      return;
    }
    target.ifPresent(path -> notices.line("file        %s", path));
    if (target.isPresent()) {
      new PayloadFacts(found).print(notices);
    } else if (found.repairedBytes() > 0) {
      notices.line("bitloom: repaired %d bytes", found.repairedBytes());
    }
    if (found.damagedChecksums() > 0) {
      notices.line(
          "bitloom: %d block checksums are damaged, the content is proven whole",
          found.damagedChecksums());
    }
  }
}
