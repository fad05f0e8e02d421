package org.bitloom.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.model.BitModel;
import org.bitloom.model.Normalization;
import org.bitloom.model.Normalization.Kind;
import org.bitloom.model.Normalization.MeanImage;
import org.bitloom.model.Normalization.PerChannel;

/**
 * What a model file says of the way from raw pixels to inputs: an object in the metadata, and two
 * tensors where there are numbers to keep.
 *
 * @param kind which way it is
 * @param prefix what stands in front of the names of a nested network's tensors
 */
record NormalizationEntry(Kind kind, String prefix) {
  private static final String MEAN = "input.mean";
  private static final String DEVIATION = "input.deviation";

  private boolean hasTensors() {
    return kind == Kind.MEAN_IMAGE || kind == Kind.PER_CHANNEL;
  }

  private String mean() {
    return prefix + MEAN;
  }

  private String deviation() {
    return prefix + DEVIATION;
  }

  /** Returns the object of the metadata. */
  Map<String, Object> print() {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("kind", kind.label());
    if (hasTensors()) {
      description.put("mean", mean());
      description.put("deviation", deviation());
    }
    return description;
  }

  /**
   * Reads what {@link #print} returned.
   *
   * @throws IllegalArgumentException if it is none of the kinds, or names other tensors
   */
  static NormalizationEntry parse(Object described, String prefix) {
    List<String> possible = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      NormalizationEntry entry = new NormalizationEntry(kind, prefix);
      if (entry.print().equals(described)) {
        return entry;
      }
      possible.add(Json.print(entry.print()));
    }
    throw new IllegalArgumentException(
        "normalization must be " + String.join(" or ", possible) + ", got " + described);
  }

  /** Returns the names of its tensors. */
  List<String> names() {
    return hasTensors() ? List.of(mean(), deviation()) : List.of();
  }

  /** Returns its tensors. */
  List<TensorData> tensors(BitModel model) {
    if (model.normalization() instanceof MeanImage image) {
      long[] shape = model.inputShape().stream().mapToLong(Integer::longValue).toArray();
      return List.of(
          TensorData.floats(mean(), shape, image.mean()),
          row(deviation(), new float[] {image.deviation()}));
    }
    if (model.normalization() instanceof PerChannel channels) {
      return List.of(row(mean(), channels.mean()), row(deviation(), channels.deviation()));
    }
    return List.of();
  }

  private static TensorData row(String name, float[] values) {
    return TensorData.floats(name, new long[] {values.length}, values);
  }

  /** Reads the numbers from the tensors of a file. */
  Normalization read(SafetensorsFile file, List<Integer> inputShape) throws IOException {
    return switch (kind) {
      case MEAN_IMAGE ->
          new MeanImage(floats(file, mean(), inputShape), floats(file, deviation(), List.of(1))[0]);
      case PER_CHANNEL -> {
        List<Integer> channels = inputShape.subList(0, Math.min(1, inputShape.size()));
        yield new PerChannel(floats(file, mean(), channels), floats(file, deviation(), channels));
      }
      case UNIT -> new Normalization.Unit();
      case RAW -> new Normalization.Raw();
    };
  }

  private static float[] floats(SafetensorsFile file, String name, List<Integer> shape)
      throws IOException {
    float[] values = file.floats(name);
    ModelFile.checkShape(shape, ModelFile.shape(file, name), name);
    return values;
  }
}
