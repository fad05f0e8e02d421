package org.bitloom.report.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.bits.BitLayout;
import org.bitloom.io.ModelFile;
import org.bitloom.io.Sha256;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.LayerStatistics;
import org.bitloom.model.ModelStatistics;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.PlaneStatistics;

/** What a page tells of a model. */
public final class ModelPart {
  private final BitModel model;
  private final PlanePart planes;

  private ModelPart(BitModel model, int planeBytes) {
    this.model = model;
    this.planes = PlanePart.of(model, planeBytes);
  }

  /**
   * Describes a model file.
   *
   * @param planeBytes of packed bit-planes, 0 = none
   * @throws org.bitloom.io.CorruptFileException if it is damaged or no model
   */
  static Map<String, Object> ofFile(Path file, int planeBytes) throws IOException {
    Map<String, Object> json = of(ModelFile.read(file), planeBytes);
    json.put("bytes", Files.size(file));
    json.put("sha256", Sha256.of(file));
    return json;
  }

  /**
   * Describes a model that was given without its run.
   *
   * @param id by which the page knows it
   * @throws org.bitloom.io.CorruptFileException if it is damaged or no model
   */
  public static Map<String, Object> alone(Path file, String id, int planeBytes) throws IOException {
    Map<String, Object> model = ofFile(file, planeBytes);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", "model");
    json.put("id", id);
    json.put("name", String.valueOf(file.getFileName()));
    json.put("folder", file.toString());
    json.put("model", model);
    json.put("classNames", model.get("classNames"));
    json.put("remarks", List.of());
    return json;
  }

  /** Describes a model, with the planes of its layers as far as there is room. */
  static Map<String, Object> of(BitModel model, int planeBytes) {
    return new ModelPart(model, planeBytes).json();
  }

  private Map<String, Object> json() {
    ModelStatistics counted = ModelStatistics.of(model);
    List<Object> layers = new ArrayList<>();
    long freeBits = 0;
    long allBits = 0;
    for (int i = 0; i < model.tensors().size(); i++) {
      ModelTensor tensor = model.tensors().get(i);
      layers.add(layer(tensor, counted.layers().get(i)));
      if (tensor instanceof BitTensor bits) {
        freeBits += (long) bits.layout().frozenBits().length * bits.size();
        allBits += (long) bits.layout().depth() * bits.size();
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("network", model.network());
    json.put("inputShape", model.inputShape());
    json.put("classes", (long) model.classes());
    json.put("classNames", model.classNames());
    json.put("weights", counted.weights());
    json.put("zeroShare", Digits.of(counted.zeroShare()));
    json.put("packedBytes", counted.packedBytes());
    json.put("freeBits", freeBits);
    json.put("allBits", allBits);
    json.put("provenance", model.provenance());
    json.put("layers", layers);
    json.put("inner", model.inner().map(inner -> of(inner, 0)).orElse(null));
    return json;
  }

  private Map<String, Object> layer(ModelTensor tensor, LayerStatistics counted) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", counted.name());
    json.put("shape", tensor.shape());
    json.put("weights", counted.weights());
    json.put("negative", counted.negative());
    json.put("zero", counted.zero());
    json.put("positive", counted.positive());
    json.put("packedBytes", counted.packedBytes());
    if (tensor instanceof BitTensor bits) {
      putBits(bits, counted, json);
    }
    return json;
  }

  private void putBits(BitTensor bits, LayerStatistics counted, Map<String, Object> json) {
    json.put("depth", (long) bits.layout().depth());
    json.put("mask", bits.layout().mask());
    json.put("scale", Digits.of((double) bits.scale()));
    json.put("entropyBytes", entropyBytes(bits, counted));
    json.put("planes", statistics(bits.layout(), counted));
    json.put("picture", planes.json(bits));
  }

  /** Returns how few bytes a code could need that knows the share of ones of each plane. */
  private static long entropyBytes(BitTensor bits, LayerStatistics counted) {
    double perWeight = counted.planes().stream().mapToDouble(PlaneStatistics::entropyBits).sum();
    return (long) Math.ceil(perWeight * bits.size() / 8) + Float.BYTES;
  }

  private static List<Object> statistics(BitLayout layout, LayerStatistics counted) {
    List<Object> planes = new ArrayList<>();
    for (int bit = 0; bit < counted.planes().size(); bit++) {
      Map<String, Object> plane = new LinkedHashMap<>();
      plane.put("trained", layout.isTrained(bit));
      plane.put("ones", Digits.of(counted.planes().get(bit).ones()));
      plane.put("entropy", Digits.of(counted.planes().get(bit).entropyBits()));
      planes.add(plane);
    }
    return planes;
  }
}
