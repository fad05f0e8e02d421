package org.bitloom.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.bits.BitLayout;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;

/**
 * Holds the bit strings of a model file that may be damaged. Not fit to run: nothing proves them.
 *
 * @param tensors bit-wise parameters in layer order; if there is damage, with scale 1 and without
 *     bits above the depth
 * @param damage what is wrong with the file; empty = it is whole
 */
public record SalvagedBits(List<BitTensor> tensors, Optional<String> damage) {
  public SalvagedBits {
    tensors = List.copyOf(tensors);
  }

  /**
   * Reads a model file of which at least the header must have kept its form.
   *
   * @throws CorruptFileException if it has not
   * @throws IOException if the file cannot be read
   */
  public static SalvagedBits read(Path path) throws IOException {
    CorruptFileException reason;
    try {
      return new SalvagedBits(bitTensors(ModelFile.read(path)), Optional.empty());
    } catch (CorruptFileException e) {
      reason = e;
    }
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      ModelMetadata.checkVersion(path, file.metadata());
      List<BitTensor> tensors = new ArrayList<>();
      for (ModelMetadata.TensorSpec spec : ModelMetadata.parse(file.metadata()).tensors()) {
        if (spec.isBits()) {
          tensors.add(salvage(file, spec));
        }
      }
      return new SalvagedBits(tensors, Optional.of(reason.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new CorruptFileException(path, e);
    }
  }

  private static List<BitTensor> bitTensors(BitModel model) {
    List<BitTensor> tensors = new ArrayList<>();
    for (ModelTensor tensor : model.tensors()) {
      if (tensor instanceof BitTensor bits) {
        tensors.add(bits);
      }
    }
    return tensors;
  }

  private static BitTensor salvage(SafetensorsFile file, ModelMetadata.TensorSpec spec)
      throws IOException {
    String name = spec.name() + ModelFile.BITS;
    int depth = spec.layout().depth();
    TensorType type = file.entry(name).type();
    if (type != ModelFile.type(depth)) {
      throw new IllegalArgumentException(
          name + " must be " + ModelFile.type(depth) + " at depth " + depth + ", got " + type);
    }
    int[] codes = ModelFile.readCodes(file, name, type);
    int all = -1 >>> (BitLayout.MAX_DEPTH - depth);
    for (int i = 0; i < codes.length; i++) {
      codes[i] &= all;
    }
    return new BitTensor(spec.name(), ModelFile.shape(file, name), spec.layout(), 1, codes);
  }
}
