package org.bitloom.session.engine;

import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Utils;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bitloom.error.FailureException;
import org.bitloom.session.cache.EngineCache;

/**
 * The native library that the engine is to be loaded from: that of the jars, or one that the user
 * names. What cannot fit is refused before it is loaded, for a library of another version may end
 * the JVM.
 *
 * @param path folders that {@code PYTORCH_LIBRARY_PATH} names; empty = that of the jars
 * @param version that {@code PYTORCH_VERSION} names; empty = the one that fits
 * @param flavor such as {@code cu128}, as {@code PYTORCH_FLAVOR} names it; empty = the engine's own
 */
record EngineLibrary(Optional<String> path, Optional<String> version, Optional<String> flavor) {
  private static final String TORCH = System.mapLibraryName("torch");
  private static final String BINDING = System.mapLibraryName("djl_torch");
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
  private static final Pattern NUMBER = Pattern.compile("([0-9]+\\.[0-9]+\\.[0-9]+)");

  /** Returns what variables of the environment say, or properties of the same names. */
  static EngineLibrary configured() {
    return new EngineLibrary(
        said("PYTORCH_LIBRARY_PATH"), said("PYTORCH_VERSION"), said("PYTORCH_FLAVOR"));
  }

  private static Optional<String> said(String name) {
    return Optional.ofNullable(Utils.getEnvOrSystemProperty(name)).filter(text -> !text.isEmpty());
  }

  /** Says whether the user asks for another library than that of the jars. */
  boolean isGiven() {
    return path.isPresent() || flavor.filter(name -> name.startsWith("cu")).isPresent();
  }

  /** Says whether the library is that of the jars. */
  boolean isOfTheJars() {
    return path.isEmpty() && version.isEmpty() && flavor.isEmpty();
  }

  /** Says whether the library comes with what binds it to the JVM, so that nothing is unpacked. */
  boolean bringsBinding() {
    return folder().filter(each -> Files.exists(each.resolve(BINDING))).isPresent();
  }

  /**
   * Refuses a library that is not there or known to be of another version.
   *
   * @throws FailureException if it is
   */
  void check() {
    if (path.isEmpty()) {
      return;
    }
    Path folder =
        folder()
            .orElseThrow(
                () ->
                    new FailureException(
                        "PYTORCH_LIBRARY_PATH must name a folder that holds "
                            + TORCH
                            + ", found none in "
                            + path.get(),
                        hint("")));
    checkKind(folder.resolve(TORCH));
    if (Files.exists(folder.resolve(BINDING))) {
      return; // made for whatever library lies there
    }
    String needed = needed();
    Optional<String> found = version.or(() -> versionOf(folder));
    if (found.isPresent() && !found.get().equals(needed)) {
      throw new FailureException(
          "the engine needs PyTorch "
              + needed
              + ", found "
              + found.get()
              + (version.isPresent() ? " in PYTORCH_VERSION" : " in " + folder),
          hint(""));
    }
  }

  /** Refuses a file that is no library: the JVM has more than a line to say of one. */
  private void checkKind(Path library) {
    byte[] begin = new byte[ELF.length];
    try (InputStream in = Files.newInputStream(library)) {
      int read = in.readNBytes(begin, 0, begin.length);
      if (TORCH.endsWith(".so") && (read < ELF.length || !Arrays.equals(begin, ELF))) {
        throw new FailureException(
            "PYTORCH_LIBRARY_PATH must name a folder with PyTorch's libraries, "
                + library
                + " is none",
            hint(""));
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private Optional<Path> folder() {
    return Stream.of(path.orElse("").split(File.pathSeparator))
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .map(each -> each.endsWith(TORCH) ? each.toAbsolutePath().getParent() : each)
        .filter(each -> Files.isRegularFile(each.resolve(TORCH)))
        .findFirst();
  }

  /** Returns the version that the engine was made for. */
  private static String needed() {
    Properties properties = new Properties();
    try (InputStream in = LibUtils.class.getResourceAsStream("/jnilib/pytorch.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it lies in the jar
    }
    return number(properties.getProperty("jni_version", "")).orElseThrow();
  }

  /** Reads the version that a Python package or an archive of PyTorch has beside its libraries. */
  private static Optional<String> versionOf(Path folder) {
    for (String name : new String[] {"version.py", "build-version"}) {
      Path file = folder.toAbsolutePath().normalize().resolveSibling(name);
      if (Files.isRegularFile(file)) {
        try {
          return number(Files.readString(file));
        } catch (IOException e) {
          return Optional.empty(); // then loading tells
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> number(String text) {
    Matcher matcher = NUMBER.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Returns what a user hears of an engine that did not load. */
  FailureException failure(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    FailureException failure =
        new FailureException(
            "the engine must load, found " + text.lines().findFirst().orElse(""), hint(text));
    failure.initCause(error);
    return failure;
  }

  private String hint(String text) {
    if (text.contains("libcuda.so")) {
      return "the library for a GPU needs NVIDIA's driver: install it, or unset"
          + " PYTORCH_LIBRARY_PATH to train on the CPU";
    }
    if (path.isPresent()) {
      return "set PYTORCH_LIBRARY_PATH as docs/gpu.md says, or unset it to train on the CPU";
    }
    if (version.isPresent() || flavor.isPresent()) {
      return "unset PYTORCH_VERSION and PYTORCH_FLAVOR to train on the CPU, or see docs/gpu.md";
    }
    return "check that "
        + EngineCache.folder()
        + " can be written and is not mounted noexec, or set "
        + EngineCache.variable()
        + " to another folder";
  }
}
