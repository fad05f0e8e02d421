package org.bitloom.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes TorchScript modules as PyTorch saves them, so that tests need neither PyTorch nor its
 * files.
 *
 * <p>A module is one class, {@code Toy}; its program is given as the lines of {@code forward(self,
 * x)}.
 */
public final class ModuleFile {
  /** Folder of the archive. */
  public static final String FOLDER = "toy/";

  private List<String> forward;
  private final List<Tensor> tensors = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(7);

  private enum Kind {
    TRAINABLE,
    FROZEN,
    BUFFER
  }

  private record Tensor(
      String name, String type, Kind kind, int storage, List<Integer> shape, byte[] bytes) {}

  /** Begins a module whose forward has these lines. */
  public ModuleFile(String... forward) {
    this.forward = List.of(forward);
  }

  /**
   * Begins a module with convolution, batch norm, dropout and a dense layer with bias; it takes
   * grey images {@code [N, 1, side, side]}.
   */
  public static ModuleFile convolutional(int side, int classes) {
    return new ModuleFile(
            "a = torch.conv2d(x, self.conv_weight, None, [1, 1], [1, 1], [1, 1])",
            "b = torch.batch_norm(a, self.gain, self.shift, self.running_mean, self.running_var,"
                + " self.training, 0.1, 1e-05, True)",
            "c = torch.dropout(torch.flatten(torch.relu(b), 1), 0.2, self.training)",
            "d = torch.add_(self.seen, 1)",
            "return torch.add(torch.linear(c, self.out_weight, self.out_bias), self.offset)")
        .parameter("conv_weight", 4, 1, 3, 3)
        .parameter("gain", 4)
        .parameter("shift", 4)
        .buffer("running_mean", 0, 4)
        .buffer("running_var", 1, 4)
        .counter("seen")
        .parameter("out_weight", classes, 4 * side * side)
        .parameter("out_bias", classes)
        .parameter("offset");
  }

  /** Begins a module of one dense layer that takes rows {@code [N, inputs]}. */
  public static ModuleFile dense(int inputs, int classes) {
    return new ModuleFile("return torch.linear(x, self.weight, self.bias)")
        .parameter("weight", classes, inputs)
        .parameter("bias", classes);
  }

  /** Replaces the lines of forward. */
  public ModuleFile forward(String... lines) {
    forward = List.of(lines);
    return this;
  }

  /** Adds a trainable parameter with random values of -0.5..0.5. */
  public ModuleFile parameter(String name, int... shape) {
    return add(name, "Float", Kind.TRAINABLE, randomFloats(shape), shape);
  }

  /** Adds a parameter that asks for no gradient, with random values of -0.5..0.5. */
  public ModuleFile frozen(String name, int... shape) {
    return add(name, "Float", Kind.FROZEN, randomFloats(shape), shape);
  }

  /** Adds a trainable parameter of another type, all zero; {@code width} in bytes. */
  public ModuleFile parameterOf(String type, int width, String name, int... shape) {
    return add(name, type, Kind.TRAINABLE, new byte[width * size(shape)], shape);
  }

  /** Adds a trainable parameter that views the memory of one added before. */
  public ModuleFile alias(String name, String other) {
    Tensor shared =
        tensors.stream().filter(tensor -> tensor.name.equals(other)).findFirst().orElseThrow();
    tensors.add(
        new Tensor(name, shared.type, Kind.TRAINABLE, shared.storage, shared.shape, shared.bytes));
    return this;
  }

  /** Adds a buffer of floats of one value. */
  public ModuleFile buffer(String name, float value, int... shape) {
    return add(name, "Float", Kind.BUFFER, floats(() -> value, shape), shape);
  }

  /** Adds a buffer of one 64-bit integer, 0. */
  public ModuleFile counter(String name) {
    return add(name, "Long", Kind.BUFFER, new byte[Long.BYTES]);
  }

  private ModuleFile add(String name, String type, Kind kind, byte[] bytes, int... shape) {
    List<Integer> dimensions = new ArrayList<>();
    for (int dimension : shape) {
      dimensions.add(dimension);
    }
    tensors.add(new Tensor(name, type, kind, tensors.size(), dimensions, bytes));
    return this;
  }

  private byte[] randomFloats(int... shape) {
    return floats(() -> random.nextDouble() - 0.5, shape);
  }

  private static byte[] floats(DoubleSupplier values, int... shape) {
    byte[] bytes = new byte[Float.BYTES * size(shape)];
    ByteBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (floats.hasRemaining()) {
      floats.putFloat((float) values.getAsDouble());
    }
    return bytes;
  }

  private static int size(int... shape) {
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    return size;
  }

  /** Returns the file. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      write(zip, "data.pkl", pickle());
      for (Tensor tensor : tensors) {
        if (tensor.storage == tensors.indexOf(tensor)) {
          write(zip, "data/" + tensor.storage, tensor.bytes);
        }
      }
      write(zip, "code/__torch__.py", program().getBytes(StandardCharsets.UTF_8));
      write(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      write(zip, "version", new byte[] {'3', '\n'});
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private static void write(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(FOLDER + name);
    entry.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0)); // the same module has the same bytes
    zip.putNextEntry(entry);
    zip.write(content);
  }

  private String program() {
    StringBuilder program = new StringBuilder("class Toy(Module):\n");
    program.append("  __parameters__ = [").append(names(false)).append("]\n");
    program.append("  __buffers__ = [").append(names(true)).append("]\n");
    tensors.forEach(tensor -> program.append("  ").append(tensor.name).append(" : Tensor\n"));
    program.append("  training : bool\n");
    program.append("  def forward(self: __torch__.Toy,\n    x: Tensor) -> Tensor:\n");
    forward.forEach(line -> program.append("    ").append(line).append('\n'));
    return program.toString();
  }

  private String names(boolean buffers) {
    return tensors.stream()
        .filter(tensor -> (tensor.kind == Kind.BUFFER) == buffers)
        .map(tensor -> '"' + tensor.name + "\", ")
        .collect(Collectors.joining());
  }

  private byte[] pickle() {
    PickleWriter pickle = new PickleWriter();
    pickle.global("__torch__", "Toy").code(')').code(0x81).code('}').code('(');
    for (Tensor tensor : tensors) {
      pickle.text(tensor.name);
      write(pickle, tensor);
    }
    return pickle.text("training").code(0x88).code('u').code('b').code('.').bytes();
  }

  private static void write(PickleWriter pickle, Tensor tensor) {
    pickle.global("torch._utils", "_rebuild_tensor_v2").code('(');
    pickle.code('(').text("storage").global("torch", tensor.type + "Storage");
    pickle.text(String.valueOf(tensor.storage)).text("cpu");
    pickle.integer(size(tensor.shape.stream().mapToInt(d -> d).toArray())).code('t').code('Q');
    pickle.integer(0).code('(');
    tensor.shape.forEach(pickle::integer);
    pickle.code('t').code('(');
    for (int d = 0; d < tensor.shape.size(); d++) {
      List<Integer> inner = tensor.shape.subList(d + 1, tensor.shape.size());
      pickle.integer(size(inner.stream().mapToInt(i -> i).toArray()));
    }
    pickle.code('t').code(tensor.kind == Kind.TRAINABLE ? 0x88 : 0x89);
    pickle.global("collections", "OrderedDict").code(')').code('R').code('t').code('R');
  }
}
