package org.bitloom.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitloom.error.UsageException;
import org.bitloom.io.ModelFile;
import org.bitloom.io.Sha256;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Nesting;
import org.bitloom.update.BitwiseParameter;
import org.bitloom.update.TrainedParameter;

/**
 * The trained network whose bits a run carries in the low bits of its own weights.
 *
 * @param path of a run's folder or a model file; as the user gave it
 * @param sha256 of the file, 64 lower-case hexadecimal digits
 */
public record Nested(String path, String sha256) {
  private static final SourceFile SOURCE = new SourceFile("to nest");
  private static final String OTHER = "nest one of the same --net, trained on data of that shape";

  public Nested {
    SourceFile.checkDigits(sha256);
  }

  /**
   * Reads the checksum of a model.
   *
   * @throws UsageException if {@code path} is a folder without a model
   * @throws IOException if the file cannot be read
   */
  public static Nested of(Path path) throws IOException {
    return new Nested(path.toString(), Sha256.of(SOURCE.in(path)));
  }

  /** Returns the model file. */
  Path file() {
    return SOURCE.in(Path.of(path));
  }

  /**
   * Reads the model, from its own place or from a copy.
   *
   * @throws UsageException if it is not the file of the settings, or has no bits
   * @throws IOException if it is damaged, no model file, or cannot be read
   */
  BitModel read(Path file) throws IOException {
    SOURCE.verify(file, sha256);
    BitModel model = ModelFile.read(file);
    if (model.tensors().stream().noneMatch(BitTensor.class::isInstance)) {
      throw new UsageException(
          "the network to nest must have bits, all weights of " + path + " are floats",
          "train it with --bits");
    }
    return model;
  }

  /**
   * Checks that the network of a session has room for the nested one.
   *
   * @throws UsageException if a parameter differs in shape, or does not freeze enough low bits
   */
  void checkRoom(BitModel inner, Session session) {
    Map<String, TrainedParameter> trained = new HashMap<>();
    session.trained().forEach(parameter -> trained.put(parameter.name(), parameter));
    Map<String, ModelTensor> tensors = new HashMap<>();
    for (ModelTensor tensor : inner.tensors()) {
      if (session.script().filter(own -> own.isBuffer(tensor.name())).isEmpty()) {
        tensors.put(tensor.name(), tensor);
      }
    }
    checkNames(tensors.keySet(), session.parameters().keySet());
    session
        .parameters()
        .forEach(
            (name, parameter) -> {
              checkShape(tensors.get(name), Models.shape(parameter));
              if (tensors.get(name) instanceof BitTensor bits) {
                checkRoom(bits, trained.get(name));
              }
            });
  }

  private void checkNames(Collection<String> nested, Collection<String> own) {
    for (String name : own) {
      if (!nested.contains(name)) {
        throw new UsageException(
            "the network to nest must have a parameter " + name + ", " + path + " has none", OTHER);
      }
    }
    for (String name : nested) {
      if (!own.contains(name)) {
        throw new UsageException(
            "the network has no parameter " + name + ", the one to nest, " + path + ", has one",
            OTHER);
      }
    }
  }

  private void checkShape(ModelTensor nested, List<Integer> own) {
    if (!nested.shape().equals(own)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "parameter %s of the network to nest must have shape %s, %s has %s",
              nested.name(),
              own,
              path,
              nested.shape()),
          OTHER);
    }
  }

  private void checkRoom(BitTensor nested, TrainedParameter own) {
    int depth = nested.layout().depth();
    if (!(own instanceof BitwiseParameter bits)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "parameter %s must be bit-wise to carry the %d bits of %s, it is trained as floats",
              nested.name(),
              depth,
              path),
          "leave out the --layer rule, or nest a network with the same one");
    }
    int room = Nesting.room(bits.layout());
    if (depth > room) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "the mask of %s must freeze the %d lowest bits to nest %s, %s freezes %d",
              nested.name(),
              depth,
              path,
              bits.layout().mask(),
              room),
          "raise --bits, or train fewer of the top bits with --mask");
    }
  }
}
