package org.bitloom.cli.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bitloom.bits.BitRange;
import org.bitloom.cli.command.Console;
import org.bitloom.error.UsageException;
import org.bitloom.io.ModelFile;
import org.bitloom.model.Reading;
import picocli.CommandLine.Option;

/** The options that read a model in another way than it was trained. */
final class ReadingOptions {
  @Option(
      names = "--use-bits",
      paramLabel = "HI..LO",
      description = "Read bits HI to LO only, bit HI as the sign; 0 is the least significant.")
  private String part;

  @Option(
      names = "--drop-low",
      paramLabel = "N",
      description = "Read the N lowest magnitude bits as 0.")
  private Integer dropped;

  @Option(
      names = "--flip-noise",
      paramLabel = "P",
      description = "Draw every free (frozen) bit anew with probability P, 0..1.")
  private Double noise;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of --flip-noise (default: 1).")
  private Long seed;

  /**
   * Says so if the bits that are read lack the sign of a weight, for then the network is not what
   * was trained. A file that cannot be read is left to the command.
   */
  void warn(Console console, Path file) {
    if (part == null) {
      return;
    }
    try {
      reading().remark(ModelFile.read(file)).ifPresent(text -> console.tell("bitloom: " + text));
    } catch (IOException | UsageException e) {
      return; // told by the command
    }
  }

  Reading reading() {
    if (seed != null && noise == null) {
      throw new UsageException("--seed is for --flip-noise, got no --flip-noise", "leave it out");
    }
    return new Reading(
        noise == null ? 0 : noise,
        seed == null ? 1 : seed,
        Optional.ofNullable(part).map(BitRange::parse),
        dropped == null ? 0 : dropped);
  }
}
