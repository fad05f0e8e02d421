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
import org.bitloom.session.ToyImages;
import org.bitloom.testkit.ModuleFile;
import org.bitloom.testkit.fuzz.FuzzTarget;
import org.bitloom.testkit.fuzz.SafetensorsRepair;

/** The texts in the folder of a run: config.json, and lines of metrics.jsonl. */
final class RunFilesTarget implements FuzzTarget {
  private static final int SIDE = 3;
  private static final int CLASSES = 2;

  private final Path folder;
  private final byte[] config;
  private final byte[] metrics;

  RunFilesTarget() {
    try {
      folder = Files.createTempDirectory("bitloom-fuzz");
      Path module = Files.write(folder.resolve("toy.pt"), module());
      Path data = new ToyImages(100, 40, SIDE, CLASSES).write(folder.resolve("data"));
      Path run = folder.resolve("run");
      TrainingRun.start(
          ToyRun.settings(data, Map.of("network", module.toString())), ToyRun.in(run, () -> false));
      config = Files.readAllBytes(run.resolve("config.json"));
      metrics = Files.readAllBytes(run.resolve("metrics.jsonl"));
      Files.createDirectories(folder.resolve("damaged"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] module() {
    return ModuleFile.dense(SIDE * SIDE, CLASSES).bytes();
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(config, metrics);
  }

  @Override
  public boolean read(byte[] input) throws IOException {
    boolean asConfig = isRead(input, metrics);
    boolean asMetrics = isRead(config, input);
    return asConfig || asMetrics;
  }

  private boolean isRead(byte[] config, byte[] metrics) throws IOException {
    Path damaged = folder.resolve("damaged");
    Files.write(damaged.resolve("config.json"), config);
    Files.write(damaged.resolve("metrics.jsonl"), metrics);
    try {
      RunReader run = RunReader.open(damaged);
      run.settings();
      run.facts();
      run.data();
      run.classNames();
      Optional<EpochMetrics> last = run.last();
      return last.isPresent();
    } catch (CorruptFileException | UsageException e) {
      return false;
    }
  }

  @Override
  public List<byte[]> words() {
    return SafetensorsRepair.words();
  }
}
