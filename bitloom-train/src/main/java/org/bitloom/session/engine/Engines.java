package org.bitloom.session.engine;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import org.bitloom.error.FailureException;
import org.bitloom.session.cache.EngineCache;

/** Brings up the engine with settings that must be made before it loads. */
public final class Engines {
  private static boolean loaded;

  private Engines() {}

  /** Begins to load the engine, which takes most of a second, while the caller does other work. */
  public static void loadInBackground(int threads) {
    setThreads(threads);
    Thread loader = new Thread(Engines::load, "bitloom-engine");
    loader.setDaemon(true);
    // a failure comes up again, for the user to see, where the engine is needed
    loader.setUncaughtExceptionHandler((thread, failure) -> {});
    loader.start();
  }

  private static void setThreads(int threads) {
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
  }

  /**
   * Loads the engine if need be.
   *
   * @throws FailureException if its native library is missing, damaged or of another version
   */
  static synchronized Engine load() {
    EngineLibrary library = EngineLibrary.configured();
    if (!loaded) { // what does not fit, or is not whole, may end the JVM when it is loaded
      library.check();
      if (library.isOfTheJars()) {
        EngineCache.ready();
      } else if (!library.bringsBinding()) {
        EngineCache.checkPlace();
      }
    }
    try {
      Engine engine = Engine.getInstance();
      loaded = true;
      return engine;
    } catch (RuntimeException | LinkageError | AssertionError e) {
      throw library.failure(e);
    }
  }

  /**
   * Loads the engine if need be and readies the calling thread for training.
   *
   * <p>Gradient mode belongs to a thread: left on, every evaluation would build a graph.
   *
   * @throws FailureException if it cannot be loaded
   */
  public static void prepare(int threads) {
    setThreads(threads);
    load();
    JniUtils.setNumThreads(threads);
    JniUtils.setGradMode(false);
  }

  /** Changes how many threads the engine computes one operation with, from now on. */
  public static void useThreads(int threads) {
    JniUtils.setNumThreads(threads);
  }
}
