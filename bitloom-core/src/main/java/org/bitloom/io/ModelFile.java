package org.bitloom.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bitloom.bits.BitLayout;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Nesting;
import org.bitloom.model.Task;

/**
 * Reads and writes trained networks; docs/format.md describes the bytes.
 *
 * <p>Reading what was written gives an equal model, and writing that again gives the same bytes.
 * Files of earlier formats are read too, but never written.
 */
public final class ModelFile {
  static final String BITS = ".bits";
  private static final String SCALE = ".scale";

  private ModelFile() {}

  /**
   * Writes {@code model} atomically; see {@link AtomicFiles}.
   *
   * @throws IllegalArgumentException if two tensors would have one name in the file, such as a
   *     float parameter called like another's {@code .bits}
   */
  public static void write(Path path, BitModel model) throws IOException {
    List<TensorData> tensors = new ArrayList<>();
    add(tensors, model, "");
    Safetensors.write(path, ModelMetadata.print(model), tensors);
  }

  /** Adds the arrays of a network; the bits of a nested one are there already. */
  private static void add(List<TensorData> tensors, BitModel model, String prefix) {
    tensors.addAll(new NormalizationEntry(model.normalization().kind(), prefix).tensors(model));
    for (ModelTensor tensor : model.tensors()) {
      String name = prefix + tensor.name();
      if (tensor instanceof BitTensor bits) {
        if (prefix.isEmpty()) {
          tensors.add(data(bits));
        }
        tensors.add(single(name + SCALE, bits.scale()));
      } else {
        tensors.add(TensorData.floats(name, longs(tensor.shape()), tensor.weights()));
      }
    }
    model.inner().ifPresent(inner -> add(tensors, inner, prefix + ModelMetadata.INNER_PREFIX));
  }

  private static TensorData single(String name, float value) {
    return TensorData.floats(name, new long[] {1}, new float[] {value});
  }

  private static long[] longs(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).toArray();
  }

  private static TensorData data(BitTensor tensor) {
    String name = tensor.name() + BITS;
    long[] shape = longs(tensor.shape());
    return switch (type(tensor.layout().depth())) {
      case U8 -> {
        byte[] bytes = new byte[tensor.size()];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) tensor.code(i);
        }
        yield TensorData.unsignedBytes(name, shape, bytes);
      }
      case U16 -> {
        short[] shorts = new short[tensor.size()];
        for (int i = 0; i < shorts.length; i++) {
          shorts[i] = (short) tensor.code(i);
        }
        yield TensorData.unsignedShorts(name, shape, shorts);
      }
      default -> TensorData.unsignedInts(name, shape, tensor.codes());
    };
  }

  /** Returns the smallest type that holds a bit string of {@code depth} bits. */
  static TensorType type(int depth) {
    if (depth <= Byte.SIZE) {
      return TensorType.U8;
    }
    return depth <= Short.SIZE ? TensorType.U16 : TensorType.U32;
  }

  /**
   * Reads a model and checks all of it: the checksum, the format version, every bit string. A
   * packed network is a model too, see {@link PackedFile}.
   *
   * <p>A file of an earlier format gives the model that a file of this format would give, as far as
   * the network is known: with its graph and today's names of the parameters.
   *
   * @throws CorruptFileException if the file is damaged, inconsistent, of a later format, or not a
   *     model file
   * @throws IOException if it cannot be read
   */
  public static BitModel read(Path path) throws IOException {
    if (FileKind.of(path) == FileKind.PACKED) {
      return PackedFile.read(path).model();
    }
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      ModelMetadata.checkVersion(path, file.metadata());
      file.verifyChecksum();
      BitModel model = read(file, ModelMetadata.parse(file.metadata()));
      return ModelMetadata.isEarlier(file.metadata()) ? EarlierNames.replace(model) : model;
    } catch (IllegalArgumentException e) {
      throw new CorruptFileException(path, e);
    }
  }

  private static BitModel read(SafetensorsFile file, ModelMetadata metadata) throws IOException {
    checkNames(file, metadata);
    List<ModelTensor> tensors = new ArrayList<>();
    for (ModelMetadata.TensorSpec spec : metadata.tensors()) {
      tensors.add(spec.isBits() ? readBits(file, spec) : readFloats(file, "", spec.name()));
    }
    return read(file, metadata, "", tensors);
  }

  private static BitModel read(
      SafetensorsFile file, ModelMetadata metadata, String prefix, List<ModelTensor> tensors)
      throws IOException {
    BitModel model =
        new BitModel(
            metadata.architecture(),
            new Task(
                metadata.inputShape(),
                metadata.normalization().read(file, metadata.inputShape()),
                metadata.classes(),
                metadata.classNames()),
            tensors,
            metadata.provenance());
    return metadata.inner().isEmpty()
        ? model
        : model.around(readInner(file, metadata.inner().get(), prefix, tensors));
  }

  private static BitModel readInner(
      SafetensorsFile file, ModelMetadata metadata, String outerPrefix, List<ModelTensor> outer)
      throws IOException {
    String prefix = outerPrefix + ModelMetadata.INNER_PREFIX;
    List<ModelTensor> tensors = new ArrayList<>();
    for (ModelMetadata.TensorSpec spec : metadata.tensors()) {
      tensors.add(
          spec.isBits()
              ? Nesting.read(
                  outer, spec.name(), spec.layout(), readSingle(file, prefix + spec.name() + SCALE))
              : readFloats(file, prefix, spec.name()));
    }
    return read(file, metadata, prefix, tensors);
  }

  private static void checkNames(SafetensorsFile file, ModelMetadata metadata) {
    Set<String> listed = new HashSet<>();
    list(metadata, "", listed);
    for (TensorEntry tensor : file.tensors()) {
      if (!listed.contains(tensor.name())) {
        throw new IllegalArgumentException(
            "every tensor must be listed in the metadata, got " + tensor.name() + " unlisted");
      }
    }
  }

  private static void list(ModelMetadata metadata, String prefix, Set<String> listed) {
    listed.addAll(metadata.normalization().names());
    for (ModelMetadata.TensorSpec spec : metadata.tensors()) {
      String name = prefix + spec.name();
      if (!spec.isBits()) {
        listed.add(name);
        continue;
      }
      listed.add(name + SCALE);
      if (prefix.isEmpty()) {
        listed.add(name + BITS);
      }
    }
    metadata.inner().ifPresent(inner -> list(inner, prefix + ModelMetadata.INNER_PREFIX, listed));
  }

  private static BitTensor readBits(SafetensorsFile file, ModelMetadata.TensorSpec spec)
      throws IOException {
    String name = spec.name() + BITS;
    BitLayout layout = spec.layout();
    TensorType type = type(layout.depth());
    TensorType found = file.entry(name).type();
    if (found != type) {
      throw new IllegalArgumentException(
          name + " must be " + type + " at depth " + layout.depth() + ", got " + found);
    }
    return new BitTensor(
        spec.name(),
        shape(file, name),
        layout,
        readSingle(file, spec.name() + SCALE),
        readCodes(file, name, type));
  }

  static int[] readCodes(SafetensorsFile file, String name, TensorType type) throws IOException {
    return switch (type) {
      case U8 -> {
        byte[] bytes = file.bytes(name);
        int[] codes = new int[bytes.length];
        for (int i = 0; i < codes.length; i++) {
          codes[i] = Byte.toUnsignedInt(bytes[i]);
        }
        yield codes;
      }
      case U16 -> {
        short[] shorts = file.shorts(name);
        int[] codes = new int[shorts.length];
        for (int i = 0; i < codes.length; i++) {
          codes[i] = Short.toUnsignedInt(shorts[i]);
        }
        yield codes;
      }
      default -> file.ints(name);
    };
  }

  private static FloatTensor readFloats(SafetensorsFile file, String prefix, String name)
      throws IOException {
    return new FloatTensor(name, shape(file, prefix + name), file.floats(prefix + name));
  }

  private static float readSingle(SafetensorsFile file, String name) throws IOException {
    float[] values = file.floats(name);
    checkShape(List.of(1), shape(file, name), name);
    return values[0];
  }

  static void checkShape(List<Integer> expected, List<Integer> found, String name) {
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "shape of " + name + " must be " + expected + ", got " + found);
    }
  }

  static List<Integer> shape(SafetensorsFile file, String name) throws IOException {
    List<Integer> shape = new ArrayList<>();
    for (long dimension : file.entry(name).shape()) {
      if (dimension > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "dimensions of " + name + " must be at most 2147483647, got " + dimension);
      }
      shape.add((int) dimension);
    }
    return shape;
  }
}
