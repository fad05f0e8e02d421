package org.bitloom.program;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program in the engine; owns its native memory. Used by one thread. */
public final class Program implements AutoCloseable {
  private final NDManager manager;
  private final PtSymbolBlock module;

  private Program(NDManager manager, PtSymbolBlock module) {
    this.manager = manager;
    this.module = module;
  }

  /**
   * Loads a program.
   *
   * @param text one class whose attributes stand before its methods, such as {@code weight :
   *     Tensor}; every attribute begins as a tensor of one 0, an empty list, 0 or false
   * @param device that it is loaded for
   * @throws ai.djl.engine.EngineException if the engine does not understand the text
   */
  public static Program load(String text, Device device) {
    byte[] file = ProgramFile.of(text);
    NDManager manager = NDManager.newBaseManager(device);
    PtSymbolBlock module = null;
    try {
      module =
          JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(file), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    } finally {
      if (module == null) {
        manager.close();
      }
    }
    return new Program(manager, module);
  }

  /**
   * Loads the program in a resource.
   *
   * @param owner class beside which the resource lies
   * @see #load(String, Device)
   */
  public static Program load(Class<?> owner, String resource, Device device) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      return load(new String(in.readAllBytes(), StandardCharsets.UTF_8), device);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it lies in the jar
    }
  }

  /**
   * Calls {@code forward} with gradients on; what it returns is owned by the manager of the first
   * argument.
   */
  public NDList train(NDArray... arguments) {
    plainExecutor();
    return IValueUtils.forward(module, new NDList(arguments), true);
  }

  /**
   * Calls a method that takes one list of tensors, without gradients, for what it does to tensors
   * that the program holds.
   */
  public void run(String method, List<? extends NDArray> tensors) {
    try (IValue list = IValue.listFrom(tensors.toArray(PtNDArray[]::new))) {
      call(method, list);
    }
  }

  /**
   * Calls a method that takes a list of tensors and a list of numbers, without gradients, for what
   * it does to tensors that the program holds.
   */
  public void run(String method, List<? extends NDArray> tensors, double... numbers) {
    try (IValue list = IValue.listFrom(tensors.toArray(PtNDArray[]::new));
        IValue values = IValue.listFrom(numbers)) {
      call(method, list, values);
    }
  }

  private void call(String method, IValue... arguments) {
    plainExecutor();
    IValueUtils.runMethod(module, method, arguments).close();
  }

  /**
   * The optimizing executor fuses operations after some calls, and what is fused rounds otherwise.
   * The switch belongs to the thread.
   */
  private static void plainExecutor() {
    JniUtils.setGraphExecutorOptimize(false);
  }

  @Override
  public void close() {
    manager.close();
  }
}
