package org.bitloom.session;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.bitloom.data.DataSet;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.infer.BitNetwork;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.ClassMatch;
import org.bitloom.network.GraphBlock;
import org.bitloom.network.Network;
import org.bitloom.network.OwnNetwork;
import org.bitloom.session.batch.ImageFeed;
import org.bitloom.session.engine.DeviceFailure;
import org.bitloom.session.engine.Devices;
import org.bitloom.session.engine.Engines;
import org.bitloom.session.plain.PlainNetwork;
import org.bitloom.settings.DeviceChoice;

/**
 * A model that was read from a file, with the network that computes it.
 *
 * @param model as it is to be read
 * @param network that it was trained from
 */
record TrainedModel(BitModel model, Network network) {
  /**
   * Reads a model and finds its network; does not load the engine.
   *
   * @throws UsageException if model, reading and network do not fit together
   * @throws IOException if one of them cannot be read
   */
  static TrainedModel read(Evaluation.Source source) throws IOException {
    BitModel read = source.reading().of(ModelFile.read(source.model()));
    return new TrainedModel(read, ModelNetwork.open(read, source.model(), source.network()));
  }

  /**
   * Reads a model that can run in plain Java.
   *
   * @throws UsageException if its network has no graph, or model and reading do not fit together
   * @throws IOException if it cannot be read
   */
  static TrainedModel readPlain(Evaluation.Source source) throws IOException {
    BitModel read = source.reading().of(ModelFile.read(source.model()));
    BitNetwork.checkGraph(read); // before a file of the network is missed
    return new TrainedModel(read, ModelNetwork.open(read, source.model(), source.network()));
  }

  /**
   * Evaluates in plain Java images whose labels are the classes of the model.
   *
   * @throws UsageException if the network has no graph
   */
  Evaluation evaluateInJava(ImageSet images, int threads) {
    PlainNetwork.Answers found = new PlainNetwork(BitNetwork.of(model), threads).measure(images);
    return new Evaluation(found.matrix(), found.loss());
  }

  /** Evaluates images whose labels are the classes of the model. */
  Evaluation evaluate(ImageSet images, int threads, DeviceChoice device, Consumer<String> notices) {
    if (network instanceof OwnNetwork own) {
      own.script().measuringNotice().ifPresent(notices);
    }
    Engines.prepare(threads);
    Optional<Device> place = Devices.of(device, network, notices);
    try (LoadedNetwork loaded = load(images)) {
      loaded.useThreads(threads);
      ImageFeed feed = new ImageFeed(images, model.normalization());
      int[] order = Session.everySample(images.count());
      if (place.isPresent() && loaded.block() instanceof GraphBlock block) {
        return onDevice(DeviceNetwork.of(loaded, block.graph(), place.get()), feed, order);
      }
      return loaded.evaluate(feed, order);
    } catch (EngineException e) {
      throw DeviceFailure.evaluation(e, Devices.describe(place));
    }
  }

  private static Evaluation onDevice(DeviceNetwork network, ImageFeed feed, int[] order) {
    try (network) {
      return network.evaluate(feed, order);
    }
  }

  /**
   * Returns the probability of every class for every image, computed on the processor: in plain
   * Java, unless only the engine knows what the network computes.
   */
  List<float[]> probabilities(ImageSet images, int threads) {
    if (model.graph().isPresent()) {
      return new PlainNetwork(BitNetwork.of(model), threads).probabilities(images);
    }
    Engines.prepare(threads);
    try (LoadedNetwork loaded = load(images)) {
      return loaded.probabilities(new ImageFeed(images, model.normalization()));
    } catch (EngineException e) {
      throw DeviceFailure.evaluation(e, Devices.describe(Optional.empty()));
    }
  }

  private LoadedNetwork load(ImageSet images) {
    LoadedNetwork loaded = LoadedNetwork.blank(network, images);
    try {
      ModelTransfer.load(model, loaded);
    } catch (RuntimeException | Error e) {
      loaded.close();
      throw e;
    }
    return loaded;
  }

  /**
   * Checks that data have images of the form that the network takes, and as many classes.
   *
   * @throws UsageException if not
   */
  void checkFit(DataSet data) {
    ImageSet images = data.test();
    List<Integer> shape = List.of(images.channels(), images.height(), images.width());
    if (model.classes() != images.classes() || !model.inputShape().equals(shape)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "data must have images of %s and %d classes, %s has %s and %d%s",
              model.inputShape(),
              model.classes(),
              data.name(),
              shape,
              images.classes(),
              names(data)),
          "choose the --data that the model was made for");
    }
  }

  /** Names the classes that are too many or too few, if they have names. */
  private String names(DataSet data) {
    boolean named =
        !model.classNames().isEmpty()
            && !ClassMatch.isNumbered(model.classNames())
            && !ClassMatch.isNumbered(data.classNames());
    String difference = ClassMatch.difference(model.classNames(), data.classNames(), data.name());
    return named && !difference.isEmpty() ? ": " + difference : "";
  }
}
