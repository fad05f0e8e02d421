package org.bitloom.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.SettingsJson;
import org.bitloom.testkit.ModuleFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network of one's own may print; the engine writes that to descriptor 1. */
class PrintingNetworkTest {
  @TempDir Path folder;

  @Test
  void whatANetworkPrintsIsNoAnswerOfTheWorker() throws Exception {
    ToyImages images = ToyImages.SMALL;
    ModuleFile module =
        ModuleFile.dense(images.side() * images.side(), images.classes())
            .forward(
                "print(\"" + "no JSON ".repeat(700) + "\")", // more than its buffer holds
                "return torch.linear(torch.flatten(x, 1), self.weight, self.bias)");
    Path network = Files.write(folder.resolve("loud.pt"), module.bytes());
    SweepRun run = run(network, images.write(folder.resolve("data")));
    try (WorkerPool pool = new WorkerPool(WorkerCommand.likeThisJvm())) {
      Optional<TimedResult> trained =
          pool.train(
              new WorkerTask(run, folder.resolve("run"), Optional.empty(), DeviceChoice.CPU),
              left -> {});
      assertThat(trained.orElseThrow().result()).isInstanceOf(RunResult.Finished.class);
    }
  }

  private static SweepRun run(Path network, Path data) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("network", network.toString());
    json.put("data", data.toString());
    json.put("weights", "float");
    json.put("optimizer", "adam");
    json.put("schedule", "1x9e-4");
    json.put("batch", 50L);
    json.put("validation", 0.0);
    json.put("limit", 0L);
    json.put("augmentation", "none");
    json.put("seed", 1L);
    json.put("threads", 1L);
    return SweepRun.of(SettingsJson.parse(json));
  }
}
