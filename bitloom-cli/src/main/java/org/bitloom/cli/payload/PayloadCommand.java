package org.bitloom.cli.payload;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.GroupOptions;
import org.bitloom.seal.AgeKey;
import org.bitloom.seal.CarrierFile;
import org.bitloom.seal.Extraction;
import org.bitloom.seal.Payloads;
import org.bitloom.settings.RunFiles;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Groups the commands about a payload that stays where it is. */
@Command(
    name = "payload",
    synopsisSubcommandLabel = "COMMAND",
    description = "Tell about the payload of a model.")
public final class PayloadCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin
  @SuppressWarnings("UnusedVariable") // brings --help
  private GroupOptions common;

  public static CommandLine commandLine(Console console, Passphrases passphrases) {
    return new CommandLine(new PayloadCommand()).addSubcommand(new Info(console, passphrases));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "payload must be told what to do: info");
  }

  /** Shows name, size and checksum. */
  @Command(
      name = "info",
      sortOptions = false,
      description = "Prove the payload of a model and show its name, size and checksum.")
  static final class Info implements Callable<Integer> {
    @Parameters(
        paramLabel = "MODEL",
        description = "Model file, even a damaged one, or the folder of its run.")
    private Path model;

    @Mixin private KeyOptions keys;
    @Mixin private CommonOptions common;
    private final Console console;
    private final Passphrases passphrases;

    Info(Console console, Passphrases passphrases) {
      this.console = console;
      this.passphrases = passphrases;
    }

    @Override
    public Integer call() throws IOException {
      CarrierFile carrier = CarrierFile.read(RunFiles.modelOf(model));
      Extraction proven = carrier.prove();
      Optional<AgeKey> key = keys.given(passphrases);
      if (!proven.isOpen() && key.isPresent()) {
        proven =
            proven.opened(
                Payloads.extract(carrier.bits(), key.get(), OutputStream.nullOutputStream()));
      }
      PayloadFacts.warn(console, carrier);
      PayloadFacts facts = new PayloadFacts(proven);
      if (common.json) {
        Map<String, Object> object = facts.object();
        object.put("containerBytes", proven.outer().containerBytes());
        object.put("capacity", carrier.bits().capacity().bytes());
        console.json(object);
      } else {
        facts.print(console);
        console.line(
            "container   %d of %d bytes",
            proven.outer().containerBytes(), carrier.bits().capacity().bytes());
      }
      return 0;
    }
  }
}
