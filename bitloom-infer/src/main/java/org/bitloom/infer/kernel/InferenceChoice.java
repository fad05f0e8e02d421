package org.bitloom.infer.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.bitloom.error.UsageException;

/**
 * Chooses the kernels once for a process: those of bitloom-simd if they are on the class path and
 * the virtual machine makes instructions of vectors, else the scalar ones.
 *
 * <p>The property {@value #PROPERTY}, set to {@code scalar} or {@code vector}, overrides it.
 */
public final class InferenceChoice {
  /** The property that also chooses the kernels of training. */
  public static final String PROPERTY = "bitloom.kernels";

  private static final Logger LOG = System.getLogger(InferenceChoice.class.getName());
  private static final InferenceKernels SCALAR = new ScalarInference();

  private static InferenceKernels chosen;

  private InferenceChoice() {}

  /** Returns the plain kernels, the specification. */
  public static InferenceKernels scalar() {
    return SCALAR;
  }

  /**
   * Returns the kernels of this process.
   *
   * @throws UsageException if {@value #PROPERTY} names no kernels
   * @throws IllegalStateException if it demands vector kernels and they cannot be loaded
   */
  public static synchronized InferenceKernels chosen() {
    if (chosen == null) { // not in a class initializer: its failures hide their reason
      chosen = choose(System.getProperty(PROPERTY, "auto"));
      LOG.log(Level.DEBUG, "inference kernels: {0}", chosen.name());
    }
    return chosen;
  }

  /**
   * Returns the vector kernels.
   *
   * @throws IllegalStateException if they cannot be loaded; the message says what is missing
   */
  public static InferenceKernels vector() {
    try {
      InferenceKernels found =
          ServiceLoader.load(InferenceKernels.class, InferenceKernels.class.getClassLoader())
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "vector kernels need the module bitloom-simd on the class path"));
      found.obstacle(); // fails here if the classes of the vector module are missing
      return found;
    } catch (ServiceConfigurationError | NoClassDefFoundError e) {
      throw new IllegalStateException(
          "vector kernels need the JVM flag --add-modules jdk.incubator.vector", e);
    }
  }

  static InferenceKernels choose(String demand) {
    return switch (demand) {
      case "scalar" -> SCALAR;
      case "vector" -> vector();
      case "auto" -> automatic();
      default ->
          throw new UsageException(
              PROPERTY + " must be auto, scalar or vector, got '" + demand + "'", "choose one");
    };
  }

  private static InferenceKernels automatic() {
    try {
      InferenceKernels vector = vector();
      Optional<String> obstacle = vector.obstacle();
      obstacle.ifPresent(
          found ->
              LOG.log(Level.DEBUG, "scalar kernels serve in place of vector ones: {0}", found));
      return obstacle.isPresent() ? SCALAR : vector;
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "scalar kernels serve: {0}", e.getMessage());
      return SCALAR;
    }
  }
}
