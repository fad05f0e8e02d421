package org.bitloom.cli;

import java.util.List;
import org.bitloom.error.UsageException;

/** Knows the names of the networks without loading the engine. */
final class KnownNetworks {
  private static final List<String> NAMES = List.of("lenet300");

  private KnownNetworks() {}

  static void check(String name) {
    if (!NAMES.contains(name)) {
      throw new UsageException(
          "network must be one of " + String.join(", ", NAMES) + ", got '" + name + "'",
          "choose one of them");
    }
  }
}
