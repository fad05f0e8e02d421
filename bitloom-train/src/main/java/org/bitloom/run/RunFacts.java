package org.bitloom.run;

import java.util.Map;
import java.util.Optional;

/**
 * What was in force when a run began, beside its settings.
 *
 * @param dataSha256 checksum of the data
 * @param networkSha256 checksum of the user's own network; empty = a known one
 * @param versions of bitloom, JDK, engine and more, by name
 * @param kernels that moved the latents
 * @param device that the run computed on
 */
public record RunFacts(
    String dataSha256,
    Optional<String> networkSha256,
    Map<String, String> versions,
    String kernels,
    RunDevice device) {
  public RunFacts {
    versions = Map.copyOf(versions);
  }
}
