package org.bitloom.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.network.Networks;
import org.bitloom.session.FrozenContent;
import org.bitloom.session.Session;
import org.bitloom.session.ToyImages;
import org.bitloom.session.TrainingTask;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.RunSettings;
import org.bitloom.testkit.ModuleFile;
import org.bitloom.testkit.fuzz.FuzzTarget;
import org.bitloom.testkit.fuzz.SafetensorsRepair;
import org.bitloom.testkit.fuzz.ScratchFile;

/** Checkpoints of one run, restored into its session again and again. */
final class CheckpointTarget implements FuzzTarget {
  private static final int SIDE = 3;
  private static final int CLASSES = 2;

  private final ScratchFile scratch = new ScratchFile(".safetensors");
  private final RunSettings settings;
  private final Session session;
  private final byte[] whole;

  CheckpointTarget() {
    try {
      Path folder = Files.createTempDirectory("bitloom-fuzz");
      ToyImages images = new ToyImages(100, 40, SIDE, CLASSES);
      Path module = folder.resolve("toy.pt");
      // so few weights that most damages hit what is said of them
      Files.write(module, ModuleFile.dense(SIDE * SIDE, CLASSES).bytes());
      Path data = images.write(folder.resolve("data"));
      settings = ToyRun.settings(data, Map.of("network", module.toString()));
      Path run = folder.resolve("run");
      TrainingRun.start(settings, ToyRun.in(run, () -> true));
      whole = Files.readAllBytes(ToyRun.checkpoint(run));
      FrozenContent nothing = FrozenContent.given(settings, Optional.empty());
      TrainingTask task = TrainingTask.of(settings, images.data(), nothing);
      session = task.open(Networks.open(module.toString()), true, DeviceChoice.CPU, line -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(whole);
  }

  @Override
  public boolean read(byte[] input) throws IOException {
    Checkpoint checkpoint = new Checkpoint(scratch.with(input));
    try {
      checkpoint.buffers();
      checkpoint.restore(session, settings);
      return true;
    } catch (CorruptFileException | UsageException e) {
      return false;
    }
  }

  @Override
  public byte[] repair(byte[] input) {
    return SafetensorsRepair.repair(input);
  }

  @Override
  public List<byte[]> words() {
    return SafetensorsRepair.words();
  }
}
