package org.bitloom.script;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A TorchScript module in the engine; owns its native memory. Used by one thread. */
final class ScriptModule implements AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu());
  private final PtSymbolBlock module;
  private Optional<Boolean> mode = Optional.empty();

  /**
   * Loads a module file; tensors that were saved on a GPU come to the CPU.
   *
   * @throws ai.djl.engine.EngineException if the engine cannot
   */
  ScriptModule(byte[] file) {
    PtSymbolBlock loaded = null;
    try {
      loaded = load(file);
    } finally {
      if (loaded == null) {
        manager.close();
      }
    }
    module = loaded;
  }

  /** The engine reads programs by recursion, and a full stack ends the JVM. */
  private PtSymbolBlock load(byte[] file) {
    FutureTask<PtSymbolBlock> task =
        new FutureTask<>(
            () ->
                JniUtils.loadModule(
                    (PtNDManager) manager, new ByteArrayInputStream(file), true, false));
    Thread thread = new Thread(null, task, "bitloom-module", ScriptArchive.STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true; // the engine cannot be interrupted
        } catch (ExecutionException e) {
          throw rethrown(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }

  /** Returns the manager of the parameters. */
  NDManager manager() {
    return manager;
  }

  /** Returns the parameters, each with its name; owned by the module. */
  NDList parameters() {
    return JniUtils.moduleGetParams(module, (PtNDManager) manager);
  }

  /**
   * Runs the module; the outputs are owned by the manager of the input.
   *
   * @param train whether it trains, which matters to dropout and batch norm
   */
  NDList run(NDArray input, boolean train) {
    if (mode.isEmpty() || mode.get() != train) { // a module does not tell its mode
      if (train) {
        JniUtils.enableTrainingMode(module);
      } else {
        JniUtils.enableInferenceMode(module);
      }
      mode = Optional.of(train);
    }
    // The optimizing executor may change the program after some calls, and a resumed run would
    // begin with the unchanged one. The switch belongs to the thread.
    JniUtils.setGraphExecutorOptimize(false);
    return IValueUtils.forward(module, new NDList(input), train);
  }

  /** Returns the module as it is now, as a file. */
  byte[] file() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    JniUtils.writeModule(module, file, false);
    return file.toByteArray();
  }

  @Override
  public void close() {
    manager.close();
  }
}
