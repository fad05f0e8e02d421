package org.bitloom.session;

import ai.djl.nn.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.ModelFile;
import org.bitloom.io.SafetensorsFile;
import org.bitloom.io.TensorEntry;
import org.bitloom.io.TensorType;
import org.bitloom.model.BitModel;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.session.batch.NativeFloats;
import org.bitloom.settings.InitFrom;

/**
 * Copies the weights of a trained network, from a model file or a plain safetensors file of F32.
 *
 * <p>Bit-wise tensors give their real values.
 */
final class WeightsFile implements InitialWeights {
  private static final String HINT = "choose the --net it was made for, or another --init-from";

  private final Path file;
  private final Predicate<String> buffers;
  private final Map<String, ModelTensor> tensors = new LinkedHashMap<>();

  private WeightsFile(Path file, Predicate<String> buffers, List<ModelTensor> tensors) {
    this.file = file;
    this.buffers = buffers;
    tensors.forEach(tensor -> this.tensors.put(tensor.name(), tensor));
  }

  /**
   * Reads the file.
   *
   * @param images that the network will see
   * @param buffers says which names are no parameters but buffers, which the network takes itself
   * @throws UsageException if it is not the file of the settings, or made for other images
   * @throws IOException if the file is damaged, of another kind, or cannot be read
   */
  static WeightsFile read(InitFrom from, ImageSet images, Predicate<String> buffers)
      throws IOException {
    from.verify();
    Path file = from.file();
    if (isModel(file)) {
      BitModel model = ModelFile.read(file);
      checkImages(file, model, images);
      return new WeightsFile(file, buffers, model.tensors());
    }
    return new WeightsFile(file, buffers, plainTensors(file, buffers));
  }

  private static boolean isModel(Path file) throws IOException {
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      return "bitloom".equals(opened.metadata().get("format"));
    }
  }

  private static List<ModelTensor> plainTensors(Path file, Predicate<String> buffers)
      throws IOException {
    List<ModelTensor> tensors = new ArrayList<>();
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      for (TensorEntry entry : opened.tensors()) {
        if (entry.type() != TensorType.F32 && buffers.test(entry.name())) {
          continue; // such as a counter of batches: the network keeps its own
        }
        List<Integer> shape = new ArrayList<>();
        for (long dimension : entry.shape()) {
          shape.add(Math.toIntExact(dimension));
        }
        tensors.add(new FloatTensor(entry.name(), shape, opened.floats(entry.name())));
      }
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new CorruptFileException(
          file, "file must hold F32 tensors of finite numbers", e.getMessage());
    }
    return tensors;
  }

  private static void checkImages(Path file, BitModel model, ImageSet images) {
    List<Integer> shape = List.of(images.channels(), images.height(), images.width());
    if (!model.inputShape().equals(shape) || model.classes() != images.classes()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "the network to start from must have input %s and %d classes as the data have,"
                  + " %s has %s and %d",
              shape,
              images.classes(),
              file,
              model.inputShape(),
              model.classes()),
          "choose the --data it was made for, or another --init-from");
    }
  }

  /** Returns all tensors of the file that a network can take. */
  Collection<ModelTensor> tensors() {
    return tensors.values();
  }

  @Override
  public void fill(Map<String, Parameter> parameters) {
    parameters.forEach(this::check);
    for (String name : tensors.keySet()) {
      if (!parameters.containsKey(name) && !buffers.test(name)) {
        throw new UsageException(
            "the network has no parameter "
                + name
                + ", "
                + file
                + " has one of shape "
                + tensors.get(name).shape(),
            HINT);
      }
    }
    parameters.forEach(
        (name, parameter) ->
            NativeFloats.of(parameter.getArray()).put(tensors.get(name).weights()));
  }

  private void check(String name, Parameter parameter) {
    List<Integer> expected = ModelTransfer.shape(parameter);
    ModelTensor found = tensors.get(name);
    if (found == null || !found.shape().equals(expected)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "parameter %s must have shape %s to start from, %s has %s",
              name,
              expected,
              file,
              found == null ? "none" : found.shape()),
          HINT);
    }
  }
}
