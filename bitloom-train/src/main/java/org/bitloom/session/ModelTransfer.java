package org.bitloom.session;

import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.data.DataSet;
import org.bitloom.data.ImageSet;
import org.bitloom.error.FailureException;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Task;
import org.bitloom.optimizer.BlockWeights;
import org.bitloom.optimizer.Platform;
import org.bitloom.script.ScriptBlock;
import org.bitloom.script.ScriptNetwork;
import org.bitloom.settings.ImageSettingsJson;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;
import org.bitloom.settings.Version;

/** Moves networks between the engine and model values. */
public final class ModelTransfer {
  private ModelTransfer() {}

  /**
   * Returns the network of a session that carried out {@code task} as a value.
   *
   * @param device that it was trained on, in the words of its provenance
   */
  public static BitModel of(Session session, TrainingTask task, String device) {
    RunSettings settings = task.settings();
    DataSet data = task.data();
    List<ModelTensor> tensors = new ArrayList<>(session.tensors());
    session.script().ifPresent(script -> tensors.addAll(script.floatBuffers()));
    ImageSet images = data.train();
    Map<String, String> provenance =
        SettingsJson.provenance(settings, data.sha256(), Version.current());
    data.origin()
        .range()
        .ifPresent(range -> ImageSettingsJson.putRange(provenance, range.toString()));
    provenance.putAll(Platform.facts(settings.threads(), device));
    Optional<ScriptNetwork> own = session.script().map(ScriptBlock::network);
    own.ifPresent(
        network -> {
          provenance.put("network", network.name()); // not the path
          provenance.put(ModelNetwork.SHA256, network.sha256());
        });
    List<Integer> inputShape = List.of(images.channels(), images.height(), images.width());
    return new BitModel(
        new Architecture(own.map(ScriptNetwork::name).orElse(settings.network()), session.graph()),
        new Task(inputShape, task.normalization(), images.classes(), data.classNames()),
        tensors,
        provenance);
  }

  static List<Integer> shape(Parameter parameter) {
    return BlockWeights.shape(parameter.getArray());
  }

  /**
   * Writes the weights of a model into a network.
   *
   * @throws FailureException if the parameters differ in name or shape
   */
  static void load(BitModel model, LoadedNetwork network) {
    // buffers of a user's own module were given to it when it was loaded
    List<ModelTensor> tensors =
        model.tensors().stream()
            .filter(tensor -> network.script().filter(s -> s.isBuffer(tensor.name())).isEmpty())
            .toList();
    try {
      BlockWeights.load(model.network(), tensors, network.block());
    } catch (IllegalArgumentException e) {
      throw new FailureException(
          e.getMessage(), "the file is none that bitloom wrote for this network: train it again");
    }
  }
}
