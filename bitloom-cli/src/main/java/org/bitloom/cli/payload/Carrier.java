package org.bitloom.cli.payload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bitloom.cli.command.Console;
import org.bitloom.error.FailureException;
import org.bitloom.io.SalvagedBits;
import org.bitloom.payload.FreeBits;
import org.bitloom.payload.PayloadException;
import org.bitloom.settings.RunFiles;

/**
 * The free bits of a model file that may be damaged.
 *
 * @param bits its free bits
 * @param damage what is wrong with the file; empty = nothing
 */
record Carrier(FreeBits bits, Optional<String> damage) {
  /** Reads what can be read of a model file. */
  static Carrier read(Path model) throws IOException {
    SalvagedBits salvaged = SalvagedBits.read(RunFiles.modelOf(model));
    FreeBits bits = FreeBits.of(salvaged.tensors());
    bits.capacity().requireRoom();
    return new Carrier(bits, salvaged.damage());
  }

  /** Something that is done with a payload. */
  interface Work<T> {
    T run(FreeBits bits) throws IOException;
  }

  /** Does something with the payload; if that fails, says too that the model file is damaged. */
  <T> T use(Work<T> work) throws IOException {
    try {
      return work.run(bits);
    } catch (PayloadException e) {
      if (damage.isEmpty()) {
        throw e;
      }
      throw new FailureException(
          "model file is damaged (" + damage.get() + "); " + e.getMessage(), e.hint());
    }
  }

  /** Warns that the model file is damaged though its payload is not. */
  void warn(Console console) {
    damage.ifPresent(
        found ->
            console
                .err()
                .println(
                    "bitloom: model file is damaged ("
                        + found
                        + "); the payload is whole, its own checksums prove it"));
  }
}
