package org.bitloom.session;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.bitloom.data.DataSet;
import org.bitloom.data.DataSets;
import org.bitloom.data.ImageSet;
import org.bitloom.download.DownloadProgress;
import org.bitloom.error.UsageException;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.Reading;
import org.bitloom.network.GraphBlock;
import org.bitloom.network.Network;
import org.bitloom.session.batch.ImageFeed;
import org.bitloom.settings.DeviceChoice;

/**
 * The result of running a model over labelled samples.
 *
 * @param correct samples whose largest output is the label
 * @param total samples seen
 * @param loss mean softmax cross-entropy
 */
public record Evaluation(int correct, int total, double loss) {
  /** Returns the share of correct samples, 0..1. */
  public double accuracy() {
    return (double) correct / total;
  }

  /**
   * Where the samples come from.
   *
   * @param name of the data set; empty = the one the model was trained on
   * @param folder that holds the data set; empty = the usual places
   * @param skipBadImages whether damaged files of an image folder are left out; they are also if
   *     the model was trained on this set in that way
   * @param downloads hears of the data being downloaded
   * @param notices hears in plain words of images left out and of decoding, which takes a while
   */
  public record Data(
      Optional<String> name,
      Optional<Path> folder,
      boolean skipBadImages,
      DownloadProgress downloads,
      Consumer<String> notices) {
    /** Refuses damaged images, and tells nothing of images. */
    public Data(Optional<String> name, Optional<Path> folder, DownloadProgress downloads) {
      this(name, folder, false, downloads, line -> {});
    }
  }

  /**
   * What is evaluated.
   *
   * @param model path of a model file
   * @param network path of the module that the model was trained from; empty = the one beside the
   *     model, or a network known by name
   * @param reading how its bits are read
   */
  public record Source(Path model, Optional<Path> network, Reading reading) {}

  /** Evaluates on the processor a model whose network is known or lies beside it. */
  public static Evaluation ofModel(Path model, Data samples, int threads) throws IOException {
    return ofModel(new Source(model, Optional.empty(), Reading.PLAIN), samples, threads);
  }

  /** Evaluates on the processor. */
  public static Evaluation ofModel(Source source, Data samples, int threads) throws IOException {
    return ofModel(source, samples, threads, DeviceChoice.CPU);
  }

  /**
   * Evaluates a model file on the test part of a data set.
   *
   * @param source what is evaluated
   * @param samples where its samples come from
   * @param threads of the engine
   * @param device where it is computed
   * @throws UsageException if model, reading, network and data do not fit together
   * @throws org.bitloom.error.FailureException if the network has other parameters than the model,
   *     or the engine cannot be loaded
   * @throws IOException if model, network or data cannot be read
   */
  public static Evaluation ofModel(Source source, Data samples, int threads, DeviceChoice device)
      throws IOException {
    BitModel read = source.reading().of(ModelFile.read(source.model()));
    Network own = ModelNetwork.open(read, source.model(), source.network());
    String name = samples.name().orElseGet(() -> read.provenance().getOrDefault("data", "mnist"));
    DataSets.checkName(name);
    boolean skip =
        samples.skipBadImages()
            || (samples.name().isEmpty() && "true".equals(read.provenance().get("skipBadImages")));
    DataSet set =
        DataSets.standard(samples.downloads())
            .withImages(skip, samples.notices())
            .load(name, samples.folder());
    checkFit(read, set.test(), name);
    Engines.prepare(threads);
    Optional<Device> place = Devices.of(device, own, samples.notices());
    try (LoadedNetwork network = LoadedNetwork.blank(own, set.test())) {
      ModelTransfer.load(read, network);
      ImageFeed feed = new ImageFeed(set.test(), read.normalization());
      int[] order = Session.everySample(set.test().count());
      if (place.isPresent() && network.block() instanceof GraphBlock block) {
        return onDevice(DeviceNetwork.of(network, block.graph(), place.get()), feed, order);
      }
      return network.evaluate(feed, order);
    } catch (EngineException e) {
      throw DeviceFailure.evaluation(e, Devices.describe(place));
    }
  }

  private static Evaluation onDevice(DeviceNetwork network, ImageFeed feed, int[] order) {
    try (network) {
      return network.evaluate(feed, order);
    }
  }

  private static void checkFit(BitModel model, ImageSet images, String name) {
    List<Integer> shape = List.of(images.channels(), images.height(), images.width());
    if (model.classes() != images.classes() || !model.inputShape().equals(shape)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "data must have images of %s and %d classes, %s has %s and %d",
              model.inputShape(),
              model.classes(),
              name,
              shape,
              images.classes()),
          "choose the --data that the model was made for");
    }
  }
}
