package org.bitloom.cli.model;

import java.util.Optional;
import org.bitloom.bits.BitRange;
import org.bitloom.error.UsageException;
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
