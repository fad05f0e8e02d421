package org.bitloom.simd;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.Function;
import jdk.incubator.vector.FloatVector;

/**
 * Knows whether this virtual machine makes instructions of vectors: only HotSpot's C2 compiler
 * does. Elsewhere every vector is an object on the heap, and an update takes 36 times as long as
 * with scalar kernels.
 */
final class VectorMachine {
  private static final int LEAST_BITS = 128;
  private static final int C2_LEVEL = 4;

  private VectorMachine() {}

  /** Returns why vectors are slow here, and what to change; empty if they are not. */
  static Optional<String> obstacle() {
    return obstacle(
        System.getProperty("java.vm.info", ""),
        VectorMachine::option,
        FloatVector.SPECIES_PREFERRED.vectorBitSize());
  }

  /**
   * Judges a virtual machine.
   *
   * @param info its system property {@code java.vm.info}
   * @param option returns the value of a flag; empty if the machine does not have it
   * @param bits of its vectors
   */
  static Optional<String> obstacle(
      String info, Function<String, Optional<String>> option, int bits) {
    if (info.contains("interpreted")) {
      return Optional.of("this JVM only interprets; leave out -Xint");
    }
    Optional<Integer> level = option.apply("TieredStopAtLevel").map(Integer::valueOf);
    if (info.contains("emulated-client") || level.filter(stop -> stop < C2_LEVEL).isPresent()) {
      return Optional.of(
          "this JVM runs without its C2 compiler; leave out -XX:TieredStopAtLevel and"
              + " -XX:CompilationMode");
    }
    if (option.apply("UseJVMCICompiler").filter("true"::equals).isPresent()) {
      return Optional.of("this JVM has another compiler in place of C2; add -XX:-UseJVMCICompiler");
    }
    if (bits < LEAST_BITS) {
      return Optional.of(
          "vectors of this JVM have "
              + bits
              + " bits, 128 are needed; leave out -XX:MaxVectorSize if it is set");
    }
    return Optional.empty();
  }

  private static Optional<String> option(String name) {
    try {
      HotSpotDiagnosticMXBean flags =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return flags == null ? Optional.empty() : Optional.of(flags.getVMOption(name).getValue());
    } catch (IllegalArgumentException | NoClassDefFoundError e) { // no such flag, no such bean
      return Optional.empty();
    }
  }
}
