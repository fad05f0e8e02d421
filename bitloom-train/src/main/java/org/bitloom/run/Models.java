package org.bitloom.run;

import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitloom.bits.SignMagnitude;
import org.bitloom.data.DataSet;
import org.bitloom.data.ImageSet;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;
import org.bitloom.update.BitwiseParameter;
import org.bitloom.update.TrainedParameter;

/** Moves networks between the engine and model values. */
final class Models {
  private Models() {}

  /** Returns the network of a session as a value. */
  static BitModel of(
      Session session, DataSet data, Normalization normalization, RunSettings settings) {
    Map<String, TrainedParameter> trained = new HashMap<>();
    session.trained().forEach(parameter -> trained.put(parameter.name(), parameter));
    List<ModelTensor> tensors = new ArrayList<>();
    session
        .parameters()
        .forEach((name, parameter) -> tensors.add(tensor(session, name, parameter, trained)));
    ImageSet images = data.train();
    return new BitModel(
        settings.network(),
        List.of(images.channels(), images.height(), images.width()),
        images.classes(),
        normalization,
        tensors,
        SettingsJson.provenance(settings, data.sha256(), Version.current()));
  }

  private static ModelTensor tensor(
      Session session, String name, Parameter parameter, Map<String, TrainedParameter> trained) {
    List<Integer> shape = shape(parameter);
    if (trained.get(name) instanceof BitwiseParameter bits) {
      int[] codes = new int[bits.size()];
      bits.codes(codes, session.optimizer().workers());
      return new BitTensor(name, shape, bits.layout(), bits.scale(), codes);
    }
    return new FloatTensor(name, shape, parameter.getArray().toFloatArray());
  }

  static List<Integer> shape(Parameter parameter) {
    List<Integer> shape = new ArrayList<>();
    for (long dimension : parameter.getArray().getShape().getShape()) {
      shape.add(Math.toIntExact(dimension));
    }
    return shape;
  }

  /**
   * Writes the weights of a model into the network of a session.
   *
   * @throws IllegalArgumentException if the parameters differ in name or shape
   */
  static void load(BitModel model, Session session) {
    if (model.tensors().size() != session.parameters().size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network %s must have %d parameters, the model has %d",
              model.network(),
              session.parameters().size(),
              model.tensors().size()));
    }
    for (ModelTensor tensor : model.tensors()) {
      Parameter parameter = session.parameters().get(tensor.name());
      if (parameter == null || !shape(parameter).equals(tensor.shape())) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "parameter %s of %s must have shape %s, the model has %s",
                tensor.name(),
                model.network(),
                parameter == null ? "(none)" : shape(parameter),
                tensor.shape()));
      }
      Session.floats(parameter.getArray()).put(weights(tensor));
    }
  }

  private static float[] weights(ModelTensor tensor) {
    if (tensor instanceof BitTensor bits) {
      float[] weights = new float[bits.size()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = SignMagnitude.weight(bits.code(i), bits.layout().depth(), bits.scale());
      }
      return weights;
    }
    return ((FloatTensor) tensor).values();
  }
}
