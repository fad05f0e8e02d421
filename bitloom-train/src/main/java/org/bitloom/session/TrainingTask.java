package org.bitloom.session;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.nn.Block;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bitloom.bits.FrozenChoice;
import org.bitloom.data.DataSet;
import org.bitloom.data.ImageSet;
import org.bitloom.model.Normalization;
import org.bitloom.network.GraphBlock;
import org.bitloom.network.Network;
import org.bitloom.network.OwnNetwork;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.session.batch.Samples;
import org.bitloom.session.engine.DeviceFailure;
import org.bitloom.session.engine.Devices;
import org.bitloom.session.engine.EngineThreads;
import org.bitloom.session.engine.Engines;
import org.bitloom.session.memory.MemoryLimits;
import org.bitloom.session.memory.NetworkRoom;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.settings.Schedule;

/**
 * What is to be trained, on which samples, around what.
 *
 * @param settings of the run
 * @param data that the samples are from
 * @param samples to train on and to hold out
 * @param normalization of the images, some by the samples to train on
 * @param content of frozen bits
 */
public record TrainingTask(
    RunSettings settings,
    DataSet data,
    Samples samples,
    Normalization normalization,
    FrozenContent content) {
  /**
   * Chooses the samples that the settings ask for.
   *
   * @throws org.bitloom.error.UsageException if the data have too few
   */
  public static TrainingTask of(RunSettings settings, DataSet data, FrozenContent content) {
    settings.data().augmentation().checkFits(data.train());
    Samples samples = Samples.of(data.train().count(), settings);
    Normalization normalization =
        settings.data().input().of(data.train().channels(), samples.normalization(data.train()));
    return new TrainingTask(settings, data, samples, normalization, content);
  }

  /**
   * Opens the session of a run.
   *
   * @param fresh false when a checkpoint will replace the first weights; then a network to start
   *     from is not needed any more
   * @param device where it computes
   * @param notices hears in a plain line where it computes, if that is a surprise
   * @throws org.bitloom.error.FailureException if the engine cannot be loaded, or the memory of a
   *     device does not hold the network
   */
  public Session open(Network network, boolean fresh, DeviceChoice device, Consumer<String> notices)
      throws IOException {
    if (network instanceof OwnNetwork own) {
      if (fresh) {
        own.script().checkMode();
      }
      own.script().measuringNotice().ifPresent(notices);
      own.script().trainingNotice().ifPresent(notices);
    }
    return open(network, fresh, () -> Devices.of(device, network, notices), notices);
  }

  /**
   * Opens the session of a run on a device of the engine, be it the engine's processor, where
   * {@link DeviceChoice#CPU} means the kernels in Java.
   *
   * @see #open(Network, boolean, DeviceChoice, Consumer)
   */
  public Session open(Network network, boolean fresh, Device device) throws IOException {
    return open(network, fresh, () -> Optional.of(device), line -> {});
  }

  /** Asks for the device when the engine is there. */
  private Session open(
      Network network, boolean fresh, Supplier<Optional<Device>> device, Consumer<String> notices)
      throws IOException {
    ImageSet images = data.train();
    boolean given = fresh && settings.initFrom().isPresent();
    InitialNetwork first =
        given
            ? InitialNetwork.from(settings.initFrom().get(), network, images)
            : InitialNetwork.drawn(network, settings);
    first.weights().remarks().forEach(notices);
    Engines.prepare(settings.threads());
    Optional<Device> place = device.get();
    BitwiseOptimizer.Builder optimizer = optimizer(settings, batches());
    if (given) {
      optimizer.fromWeights(
          settings.weights() instanceof BitWeights bits ? bits.frozenBits() : FrozenChoice.ROUNDED);
    }
    content.load(optimizer);
    Block block = first.network().build(images);
    if (block instanceof GraphBlock built) {
      Engines.useThreads(EngineThreads.of(built.graph(), settings.batch(), settings.threads()));
    }
    NetworkRoom room = new NetworkRoom(MemoryLimits.here());
    if (place.isPresent()) {
      room.checkWeights(block, images, settings.network());
    } else {
      room.checkTraining(block, data, settings);
    }
    Session session;
    try {
      session = Session.open(block, images, optimizer, settings.seed(), first.weights(), place);
    } catch (EngineException e) {
      throw DeviceFailure.training(e, Devices.describe(place), settings.batch());
    }
    try {
      content.checkRoom(session);
      if (fresh) { // else the checkpoint brings the frozen bits
        session.state().requireReach();
      }
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
    return session;
  }

  /** Returns the number of batches of an epoch. */
  public int batches() {
    return (samples.training().length + settings.batch() - 1) / settings.batch();
  }

  private static BitwiseOptimizer.Builder optimizer(RunSettings settings, int batches) {
    Schedule schedule = settings.schedule();
    BitwiseOptimizer.Builder builder =
        BitwiseOptimizer.builder()
            .method(settings.optimizer().method())
            .learningRate((name, step) -> (float) schedule.rate(step, batches))
            .seed(settings.seed())
            .threads(settings.threads());
    if (settings.weights() instanceof BitWeights bits) {
      builder.bits(bits.depth()).mask(bits.mask()).rule(bits.rule()).drift(bits.drift());
      builder.latents(bits.latents());
      long steps = (long) schedule.epochs() * batches;
      bits.zeros().ifPresent(share -> builder.zeros(share, steps));
      bits.layers().forEach(builder::layer);
    } else {
      builder.floatWeights();
    }
    return builder;
  }
}
