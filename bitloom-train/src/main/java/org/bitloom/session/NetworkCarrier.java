package org.bitloom.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.network.Networks;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.payload.CarrierTensor;
import org.bitloom.session.engine.Engines;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.update.ParameterSpec;

/** Knows what a network will have to carry a payload with, before it is trained. */
public final class NetworkCarrier {
  private static final int MAX_SIDE = 4096;
  private static final int MAX_CLASSES = 256;

  private NetworkCarrier() {}

  /**
   * Returns the bit-wise parameters that a network will have.
   *
   * @param network name, or path of a TorchScript module
   * @param image shape of one image: channels, height, width
   * @param classes outputs, 2..256
   * @param weights depth and mask of every layer
   * @throws UsageException if the network is unknown, or images or classes do not fit
   * @throws IOException if it is a file that cannot be read
   */
  public static List<CarrierTensor> of(
      String network, List<Integer> image, int classes, BitWeights weights) throws IOException {
    if (image.size() != 3 || image.stream().anyMatch(side -> side < 1 || side > MAX_SIDE)) {
      throw new UsageException(
          "image must have three dimensions of 1..4096, got " + image, "such as 1x28x28");
    }
    if (classes < 2 || classes > MAX_CLASSES) {
      throw new UsageException("classes must be 2..256, got " + classes, "such as 10");
    }
    int pixels = image.stream().reduce(1, Math::multiplyExact);
    ImageSet images =
        new ImageSet(
            new byte[pixels], new byte[1], image.get(0), image.get(1), image.get(2), classes);
    Engines.prepare(1);
    BitwiseOptimizer.Builder optimizer =
        BitwiseOptimizer.builder().bits(weights.depth()).mask(weights.mask()).threads(1);
    weights.layers().forEach(optimizer::layer);
    try (LoadedNetwork loaded = LoadedNetwork.blank(Networks.open(network), images);
        BitwiseOptimizer plan = optimizer.build()) {
      List<CarrierTensor> tensors = new ArrayList<>();
      for (ParameterSpec spec : plan.plan(loaded.block())) {
        spec.layout()
            .ifPresent(layout -> tensors.add(new CarrierTensor(spec.name(), spec.shape(), layout)));
      }
      return tensors;
    }
  }
}
