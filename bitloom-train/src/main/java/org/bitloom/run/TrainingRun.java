package org.bitloom.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bitloom.data.DataSet;
import org.bitloom.data.DataSets;
import org.bitloom.error.UsageException;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.model.Normalization;
import org.bitloom.network.Network;
import org.bitloom.network.Networks;
import org.bitloom.network.OwnNetwork;
import org.bitloom.payload.PayloadBits;
import org.bitloom.session.Cargo;
import org.bitloom.session.Engines;
import org.bitloom.session.Models;
import org.bitloom.session.Samples;
import org.bitloom.session.Session;
import org.bitloom.session.TrainingTask;
import org.bitloom.session.WeightBits;
import org.bitloom.settings.RunSettings;
import org.bitloom.update.kernel.KernelChoice;

/** Trains a network and leaves a run folder. */
public final class TrainingRun {
  private TrainingRun() {}

  /**
   * How a run ended.
   *
   * @param finished false when it was stopped and can be resumed
   * @param resumed whether it went on from a checkpoint
   * @param model path of the model file; present when finished
   * @param metrics last line of metrics.jsonl; empty before the first epoch ended
   */
  public record Outcome(
      boolean finished, boolean resumed, Optional<Path> model, Map<String, Object> metrics) {}

  /**
   * Where a run reads and writes, and who watches; none of it changes the result.
   *
   * @param folder of the run
   * @param overwrite whether an earlier run in the folder may be deleted
   * @param dataDir folder to look for data in first
   * @param progress hears of the run
   * @param stopRequested asked after each step; true = checkpoint and return
   * @param payload free bits of a new run whose settings speak of a payload
   */
  public record Surroundings(
      Path folder,
      boolean overwrite,
      Optional<Path> dataDir,
      Progress progress,
      BooleanSupplier stopRequested,
      Optional<PayloadBits> payload) {

    /** Carries no payload, or resumes a run, whose folder has it. */
    public Surroundings(
        Path folder,
        boolean overwrite,
        Optional<Path> dataDir,
        Progress progress,
        BooleanSupplier stopRequested) {
      this(folder, overwrite, dataDir, progress, stopRequested, Optional.empty());
    }
  }

  /**
   * Trains from the beginning into {@code surroundings.folder()}.
   *
   * @throws UsageException if settings, data and folder do not fit together
   * @throws IOException if data cannot be read or the folder cannot be written
   */
  public static Outcome start(RunSettings settings, Surroundings surroundings) throws IOException {
    Network network = Networks.open(settings.network());
    DataSets.checkName(settings.data().name());
    RunFolder.checkFree(surroundings.folder(), surroundings.overwrite());
    Engines.loadInBackground(settings.threads());
    DataSet data = load(settings, surroundings);
    checkOutside(settings, surroundings.folder());
    Cargo cargo = Cargo.given(settings, surroundings.payload());
    TrainingTask task =
        new TrainingTask(settings, data, Samples.of(data.train().count(), settings), cargo);
    // the session comes first: what does not fit the network leaves no folder behind
    try (Session session = task.open(network, true);
        RunFolder folder = RunFolder.create(surroundings.folder(), surroundings.overwrite())) {
      folder.copy(cargo, settings);
      folder.writeConfig(settings, network, data.sha256(), KernelChoice.chosen().name());
      return run(task, surroundings, folder, session);
    }
  }

  /** Refuses to start from, or to nest, a file that the run would delete. */
  private static void checkOutside(RunSettings settings, Path folder) throws IOException {
    if (Files.exists(folder)) {
      if (settings.initFrom().isPresent()) {
        checkOutside("to start from", settings.initFrom().get().file(), folder);
      }
      if (settings.nested().isPresent()) {
        checkOutside("to nest", settings.nested().get().file(), folder);
      }
    }
  }

  private static void checkOutside(String purpose, Path file, Path folder) throws IOException {
    Path source = file.toRealPath();
    if (source.startsWith(folder.toRealPath())) {
      throw new UsageException(
          "the network " + purpose + " must lie outside the folder of the run, got " + source,
          "choose another --out");
    }
  }

  /** Says whether a process works in the folder of a run now. */
  public static boolean inUse(Path folder) throws IOException {
    return RunFolder.inUse(folder);
  }

  /** Reads the settings of the run in {@code folder}. */
  public static RunSettings settings(Path folder) throws IOException {
    return RunFolder.settings(folder);
  }

  /**
   * Goes on with the run in {@code surroundings.folder()} exactly where its checkpoint stands.
   *
   * @throws UsageException if the folder is no run
   * @throws IOException if the checkpoint is damaged or the data have changed
   */
  public static Outcome resume(Surroundings surroundings) throws IOException {
    RunSettings settings = RunFolder.settings(surroundings.folder());
    try (RunFolder folder = RunFolder.open(surroundings.folder())) {
      Network network = RunFolder.network(surroundings.folder(), settings);
      if (network instanceof OwnNetwork own && folder.checkpoint().exists()) {
        network = new OwnNetwork(own.script().with(folder.checkpoint().buffers()));
      }
      DataSet data = load(settings, surroundings);
      String expected = RunFolder.dataSha256(surroundings.folder());
      if (!data.sha256().equals(expected)) {
        throw new UsageException(
            String.format(
                Locale.ROOT,
                "data must be those the run began with (SHA-256 %s), got %s",
                expected,
                data.sha256()),
            "restore them or start a new run");
      }
      Cargo cargo = RunFolder.cargo(surroundings.folder(), settings);
      TrainingTask task =
          new TrainingTask(settings, data, Samples.of(data.train().count(), settings), cargo);
      try (Session session = task.open(network, !folder.checkpoint().exists())) {
        return run(task, surroundings, folder, session);
      }
    }
  }

  private static DataSet load(RunSettings settings, Surroundings surroundings) throws IOException {
    Progress progress = surroundings.progress();
    return DataSets.standard(progress.downloads())
        .withImages(settings.data().skipBadImages(), progress::notice)
        .load(settings.data().name(), surroundings.dataDir());
  }

  private static Outcome run(
      TrainingTask task, Surroundings surroundings, RunFolder folder, Session session)
      throws IOException {
    RunSettings settings = task.settings();
    DataSet data = task.data();
    Normalization normalization = task.samples().normalization(data.train());
    WeightBits bits = new WeightBits(session);
    boolean resumed = folder.checkpoint().exists();
    Position position =
        resumed ? folder.checkpoint().restore(session, bits, settings) : new Position();
    folder.writeMetrics(position.metrics);
    surroundings.progress().started(settings, surroundings.folder(), position.epoch);
    Epochs epochs =
        new Epochs(
            settings, surroundings, folder, data, task.samples(), session, bits, normalization);
    boolean finished = epochs.run(position);
    Optional<Path> model = Optional.empty();
    if (finished) {
      BitModel trained = Models.of(session, data, normalization, settings);
      ModelFile.write(folder.model(), task.cargo().around(trained));
      model = Optional.of(folder.model());
    }
    return new Outcome(finished, resumed, model, last(position.metrics));
  }

  @SuppressWarnings("unchecked") // lines are JSON objects
  private static Map<String, Object> last(List<Object> metrics) {
    return metrics.isEmpty() ? Map.of() : (Map<String, Object>) metrics.get(metrics.size() - 1);
  }
}
