package org.bitloom.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bitloom.error.FailureException;
import org.bitloom.io.SalvagedBits;
import org.bitloom.payload.FreeBits;
import org.bitloom.payload.PayloadException;

/**
 * The free bits of a model file that may be damaged.
 *
 * @param bits its free bits
 * @param damage what is wrong with the file; empty = nothing
 */
public record CarrierFile(FreeBits bits, Optional<String> damage) {
  /**
   * Reads what can be read of a model file.
   *
   * @throws PayloadException if it has no free bits
   */
  public static CarrierFile read(Path model) throws IOException {
    SalvagedBits salvaged = SalvagedBits.read(model);
    FreeBits bits = FreeBits.of(salvaged.tensors());
    bits.capacity().requireRoom();
    return new CarrierFile(bits, salvaged.damage());
  }

  /**
   * Proves the payload by its checksums.
   *
   * @throws FailureException if it is damaged and the model file too
   * @throws PayloadException if there is none, or it is damaged
   */
  public Extraction prove() throws IOException {
    try {
      return Payloads.prove(bits);
    } catch (PayloadException e) {
      if (damage.isEmpty()) {
        throw e;
      }
      throw new FailureException(
          "model file is damaged (" + damage.get() + "); " + e.getMessage(), e.hint());
    }
  }
}
