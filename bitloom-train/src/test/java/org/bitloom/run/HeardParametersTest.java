package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.RunSettings;
import org.bitloom.update.ParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listens to what a run says of its parameters. */
class HeardParametersTest {
  @TempDir private Path root;

  private static final class Ear implements Progress {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void started(RunSettings settings, Path folder, int firstEpoch) {
      heard.add("epoch " + firstEpoch);
    }

    @Override
    public void parameters(List<ParameterSpec> trained) {
      trained.forEach(spec -> heard.add(spec.name() + (spec.isBitwise() ? " bits" : " floats")));
    }

    @Override
    public void batch(BatchProgress progress) {}

    @Override
    public void epoch(EpochMetrics metrics) {}
  }

  @Test
  void aRunSaysOnceWhichParametersBecameBits() throws IOException {
    Path data = ToyImages.SMALL.write(root.resolve("data"));
    RunSettings settings = ToyRun.settings(data, Map.of("schedule", "1x1e-3"));
    Ear ear = new Ear();
    TrainingRun.start(
        settings, new RunContext(root.resolve("run"), false, Optional.empty(), ear, ToyRun.NEVER));
    assertThat(ear.heard)
        .containsExactly(
            "epoch 1", "dense1.weight bits", "dense2.weight bits", "dense3.weight bits");
  }
}
