package org.bitloom.sweep;

import java.nio.file.Path;

/** The program of the tests that kill a sweep. Arguments: folder of the sweep, folder of data. */
final class SweepProgram {
  private SweepProgram() {}

  public static void main(String[] words) throws Exception {
    ToySweep.run(Path.of(words[0]), ToySweep.plan(Path.of(words[1])), 2, ToySweep.NOBODY);
    System.exit(0);
  }
}
