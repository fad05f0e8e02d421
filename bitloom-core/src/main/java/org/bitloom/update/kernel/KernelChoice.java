package org.bitloom.update.kernel;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.bitloom.error.UsageException;

/**
 * Chooses the kernels once per process.
 *
 * <p>{@code -Dbitloom.kernels=scalar|vector} demands one; otherwise vector kernels are used when
 * they can be loaded and the virtual machine makes instructions of them. Where it does not, a
 * warning says once what to change.
 */
public final class KernelChoice {
  /** The system property that demands kernels: {@code scalar}, {@code vector} or {@code auto}. */
  public static final String PROPERTY = "bitloom.kernels";

  private static final System.Logger LOG = System.getLogger(KernelChoice.class.getName());
  private static final UpdateKernels SCALAR = new ScalarKernels();

  private static UpdateKernels chosen;

  private KernelChoice() {}

  /** Returns the plain kernels, the specification. */
  public static UpdateKernels scalar() {
    return SCALAR;
  }

  /**
   * Returns the kernels of this process.
   *
   * @throws UsageException if {@value #PROPERTY} names no kernels
   * @throws IllegalStateException if it demands vector kernels and they cannot be loaded
   */
  public static synchronized UpdateKernels chosen() {
    if (chosen == null) { // not in a class initializer: its failures hide their reason
      chosen = choose(System.getProperty(PROPERTY, "auto"));
    }
    return chosen;
  }

  /**
   * Returns the vector kernels.
   *
   * @throws IllegalStateException if they cannot be loaded; the message says what is missing
   */
  public static UpdateKernels vector() {
    try {
      return ServiceLoader.load(UpdateKernels.class, UpdateKernels.class.getClassLoader())
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "vector kernels need the module bitloom-simd on the class path"));
    } catch (ServiceConfigurationError | NoClassDefFoundError e) {
      throw new IllegalStateException(
          "vector kernels need the JVM flag --add-modules jdk.incubator.vector", e);
    }
  }

  static UpdateKernels choose(String demand) {
    return switch (demand) {
      case "scalar" -> logged(SCALAR, "demanded by -Dbitloom.kernels");
      case "vector" -> demanded(vector());
      case "auto" -> automatic();
      default ->
          throw new UsageException(
              PROPERTY + " must be auto, scalar or vector, got '" + demand + "'", "choose one");
    };
  }

  /** Obeys: the result is the same, only slow; whoever compares kernels wants these. */
  private static UpdateKernels demanded(UpdateKernels vector) {
    vector
        .obstacle()
        .ifPresent(
            obstacle ->
                LOG.log(
                    Level.WARNING,
                    "vector kernels are demanded by -Dbitloom.kernels but many times slower than"
                        + " scalar ones: {0}",
                    obstacle));
    return logged(vector, "demanded by -Dbitloom.kernels");
  }

  private static UpdateKernels automatic() {
    UpdateKernels vector;
    try {
      vector = vector();
    } catch (IllegalStateException e) {
      return logged(SCALAR, e.getMessage());
    }
    Optional<String> obstacle = vector.obstacle();
    if (obstacle.isPresent()) {
      LOG.log(Level.WARNING, "scalar kernels serve in place of vector ones: {0}", obstacle.get());
      return SCALAR;
    }
    return logged(vector, "found; -Dbitloom.kernels=scalar would avoid them");
  }

  private static UpdateKernels logged(UpdateKernels kernels, String reason) {
    LOG.log(Level.DEBUG, "update kernels: {0} ({1})", kernels.name(), reason);
    return kernels;
  }
}
