package org.bitloom.session;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.bitloom.program.Program;
import org.bitloom.session.batch.Batch;

/**
 * Copies batches to a device. To a GPU they go through memory that it reads by itself, so that
 * neither waits for the other: what the GPU was told before, it does before. Owns native memory;
 * used by one thread.
 */
final class DeviceCopy implements Batch.Copy, AutoCloseable {
  private static final String PROGRAM =
      """
      class Copy(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def plain(self: __torch__.Copy, tensors: List[Tensor]) -> None:
          tensors[0].copy_(tensors[1])
          return None
        def pinned(self: __torch__.Copy, tensors: List[Tensor]) -> None:
          tensors[0].copy_(torch.pin_memory(tensors[1]), True)
          return None
      """;

  private final String method;
  private final Program program;
  private final NDManager host = NDManager.newBaseManager(Device.cpu());
  private final NDManager manager;

  DeviceCopy(Device device) {
    method = device.isGpu() ? "pinned" : "plain";
    program = Program.load(PROGRAM, device);
    manager = NDManager.newBaseManager(device);
  }

  @Override
  public NDManager host() {
    return host;
  }

  @Override
  public NDManager device() {
    return manager;
  }

  @Override
  public void copy(NDArray from, NDArray to) {
    program.run(method, List.of(to, from));
  }

  @Override
  public void close() {
    program.close();
    host.close();
    manager.close();
  }
}
