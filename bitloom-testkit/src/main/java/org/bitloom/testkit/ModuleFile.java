package org.bitloom.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes TorchScript modules as PyTorch saves them, so that tests need neither PyTorch nor its
 * files.
 *
 * <p>A module is a class {@code Toy}; its program is given as the lines of {@code forward(self,
 * x)}. Modules may lie in it: they hold parameters, and forward uses them as {@code
 * self.out.weight}.
 */
public final class ModuleFile {
  /** Folder of the archive. */
  public static final String FOLDER = "toy/";

  private List<String> forward;
  private String result = "Tensor";
  private final List<Tensor> tensors = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(7);

  private final Map<String, String> types = new LinkedHashMap<>(Map.of("", "Toy"));

  enum Kind {
    TRAINABLE,
    FROZEN,
    BUFFER
  }

  /**
   * A tensor of a module.
   *
   * @param name with the path of its module: {@code out.weight}
   */
  record Tensor(
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

  /** Replaces the type that forward returns. */
  public ModuleFile returning(String type) {
    result = type;
    return this;
  }

  /**
   * Adds a module; parameters are then added to it by names that begin with its path.
   *
   * @param path such as {@code head.out}; the modules around it come first
   * @param type of it, such as {@code torch.nn.modules.linear.Linear}; another for other attributes
   */
  public ModuleFile module(String path, String type) {
    types.put(path, type);
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

  static int size(int... shape) {
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    return size;
  }

  /** Returns the file. */
  public byte[] bytes() {
    ModuleSource source = new ModuleSource(types, tensors);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      write(zip, "data.pkl", source.pickle());
      for (Tensor tensor : tensors) {
        if (tensor.storage == tensors.indexOf(tensor)) {
          write(zip, "data/" + tensor.storage, tensor.bytes);
        }
      }
      for (Map.Entry<String, String> program : source.programs(forward, result).entrySet()) {
        write(zip, program.getKey(), program.getValue().getBytes(StandardCharsets.UTF_8));
      }
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
}
