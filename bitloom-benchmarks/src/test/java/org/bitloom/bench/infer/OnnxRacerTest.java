package org.bitloom.bench.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bitloom.infer.BitNetwork;
import org.bitloom.model.BitModel;
import org.junit.jupiter.api.Test;

class OnnxRacerTest {
  @Test
  void bothRacersRunTheSameNetwork() {
    for (String name : List.of("lenet300", "resnet20")) {
      MadeUpNetwork made = new MadeUpNetwork(name, List.of(3, 8, 8), 3, 0.5, 0.5);
      BitModel model = made.model();
      float[] found = BitNetwork.of(model).scores(made.image());
      try (OnnxRacer racer = new OnnxRacer(model)) {
        float[] expected = racer.scores(made.image());
        double largest = 0;
        for (float score : expected) {
          largest = Math.max(largest, Math.abs(score));
        }
        for (int i = 0; i < expected.length; i++) {
          assertThat((double) found[i]).as(name).isCloseTo(expected[i], within(1e-4 * largest));
        }
      }
    }
  }
}
