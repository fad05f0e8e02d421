package org.bitloom.bench.device;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.bitloom.bits.BitMask;
import org.bitloom.data.Augmentation;
import org.bitloom.data.DataSet;
import org.bitloom.session.batch.Prefetch;
import org.bitloom.settings.RunSettings;
import org.bitloom.update.StateArray;
import org.bitloom.update.UpdateRule;

/**
 * Takes the first step of a network again and again. From a state of zeros its moments are its
 * gradients times a constant, so equal states mean equal gradients.
 */
final class RepeatedGradients {
  private static final int TIMES = 20;
  private static final int QUICK_TIMES = 4;

  private RepeatedGradients() {}

  static void run(DeviceOptions options, Rows rows) throws IOException {
    int times = options.quick() ? QUICK_TIMES : TIMES;
    DataSet images = MadeUpImages.of(options.batch());
    for (String network : options.networks()) {
      List<Object> first = List.of();
      int different = 0;
      for (int i = 0; i < times; i++) {
        List<Object> found = afterOneStep(network, images, options);
        first = first.isEmpty() ? found : first;
        different += Objects.deepEquals(first.toArray(), found.toArray()) ? 0 : 1;
      }
      rows.row(
          "repeat",
          network + ", batch " + options.batch(),
          Rows.text("%d of %d differ from the first", different, times - 1),
          "gradients of one batch");
    }
  }

  private static List<Object> afterOneStep(String network, DataSet images, DeviceOptions options)
      throws IOException {
    RunSettings.Weights weights =
        new RunSettings.BitWeights(2, BitMask.parse("all"), UpdateRule.COUPLED, 0);
    try (DeviceTraining training =
            new DeviceTraining(network, weights, images, options.engineDevice());
        Prefetch batches = training.batches(options.batch(), 1, Augmentation.NONE)) {
      training.session().step(batches.next(), 1);
      training.session().seen();
      return training.session().state().arrays().stream().map(StateArray::values).toList();
    }
  }
}
