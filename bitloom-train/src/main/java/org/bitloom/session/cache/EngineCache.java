package org.bitloom.session.cache;

import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where DJL unpacks the engine's libraries to, and what must lie there before it loads them. */
public final class EngineCache {
  private static final String ENGINE = "pytorch";
  private static final String BINDING = System.mapLibraryName("djl_torch");

  private EngineCache() {}

  /**
   * Unpacks the libraries of the jars if need be, as DJL would, but checked.
   *
   * <p>Does nothing where DJL takes others, or where the jars are those of another machine: then
   * loading tells.
   *
   * @throws org.bitloom.error.FailureException if they cannot be there whole
   */
  public static void ready() {
    libraries().ifPresent(NativeFolder::ready);
  }

  /**
   * Checks that a library can be unpacked to the cache and loaded from there.
   *
   * @throws org.bitloom.error.FailureException if not
   */
  public static void checkPlace() {
    new NativeFolder(folder().resolve("binding"), Map.of(), variable()).checkPlace();
  }

  /** Returns the folder of the engine, whether it exists or not. */
  public static Path folder() {
    return Utils.getEngineCacheDir(ENGINE).toAbsolutePath();
  }

  /** Returns the variable of the environment that moves the folder. */
  public static String variable() {
    String own = Utils.getEnvOrSystemProperty("ENGINE_CACHE_DIR");
    return own == null || own.isEmpty() ? "DJL_CACHE_DIR" : "ENGINE_CACHE_DIR";
  }

  private static Optional<NativeFolder> libraries() {
    Platform platform;
    try {
      platform = Platform.detectPlatform(ENGINE);
    } catch (AssertionError | RuntimeException e) {
      return Optional.empty();
    }
    if (platform.isPlaceholder()) {
      return Optional.empty();
    }
    String flavor = platform.getFlavor();
    String machine = platform.getClassifier();
    Map<String, URL> contents = new LinkedHashMap<>();
    for (String name : platform.getLibraries()) {
      contents.put(name, resource("/pytorch/" + flavor + '/' + machine + '/' + name));
    }
    contents.put(
        platform.getApiVersion() + '-' + BINDING,
        resource("/jnilib/" + machine + '/' + flavor + '/' + BINDING));
    if (!contents.values().stream().allMatch(EngineCache::isPacked)
        || Arrays.asList(platform.getLibraries()).contains("libstdc++.so.6")) {
      return Optional.empty();
    }
    String name = platform.getVersion() + '-' + flavor + '-' + machine;
    return Optional.of(new NativeFolder(folder().resolve(name), contents, variable()));
  }

  private static boolean isPacked(URL source) {
    return source != null && source.getProtocol().equals("jar");
  }

  private static URL resource(String path) {
    return LibUtils.class.getResource(path);
  }
}
