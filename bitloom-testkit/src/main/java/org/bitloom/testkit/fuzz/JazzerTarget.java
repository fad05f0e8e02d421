package org.bitloom.testkit.fuzz;

import java.util.Arrays;

/** What Jazzer calls: reads an input as it is, and with its lengths and checksums made right. */
public final class JazzerTarget {
  /** System property that names the class of the target. */
  static final String TARGET = "bitloom.fuzz.target";

  private static FuzzTarget target;

  private JazzerTarget() {}

  /** Called once, before all inputs. */
  public static void fuzzerInitialize() throws ClassNotFoundException {
    Class<?> type = Class.forName(System.getProperty(TARGET));
    target = FuzzRound.open(type.asSubclass(FuzzTarget.class));
  }

  /** Called with each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    Watch.read(target, input);
    byte[] repaired = target.repair(input);
    if (!Arrays.equals(repaired, input)) {
      Watch.read(target, repaired);
    }
  }
}
