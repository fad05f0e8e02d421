package org.bitloom.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bitloom.data.DataReport;
import org.bitloom.data.DataSet;
import org.bitloom.data.DataSets;
import org.bitloom.error.UsageException;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.network.Network;
import org.bitloom.network.Networks;
import org.bitloom.network.OwnNetwork;
import org.bitloom.session.FrozenContent;
import org.bitloom.session.ModelTransfer;
import org.bitloom.session.Session;
import org.bitloom.session.TrainingTask;
import org.bitloom.session.engine.Devices;
import org.bitloom.session.engine.Engines;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.RecordedData;
import org.bitloom.settings.RunSettings;

/** Trains a network and leaves a run folder. */
public final class TrainingRun {
  private final TrainingTask task;
  private final RunContext context;
  private final RunFolder folder;
  private final RunDevice device;

  private TrainingRun(TrainingTask task, RunContext context, RunFolder folder, RunDevice device) {
    this.task = task;
    this.context = context;
    this.folder = folder;
    this.device = device;
  }

  /**
   * Trains from the beginning into {@code context.folder()}.
   *
   * @throws UsageException if settings, data and folder do not fit together
   * @throws IOException if data cannot be read or the folder cannot be written
   */
  public static RunOutcome start(RunSettings settings, RunContext context) throws IOException {
    Network network = Networks.open(settings.network());
    DataSets.checkName(settings.data().name());
    RunFolder.checkFree(context.folder(), context.overwrite());
    Engines.loadInBackground(settings.threads());
    DataSet data = load(settings, context);
    DataReport.warnings(data).forEach(context.progress()::notice);
    checkOutside(settings, context.folder());
    settings
        .initFrom()
        .ifPresent(from -> FirstClasses.check(from, data, context.progress()::notice));
    FrozenContent content = FrozenContent.given(settings, context.payload());
    TrainingTask task = TrainingTask.of(settings, data, content);
    // the session comes first: what does not fit the network leaves no folder behind
    try (Session session = task.open(network, true, context.device(), context.progress()::notice);
        RunFolder folder = RunFolder.create(context.folder(), context.overwrite())) {
      RunDevice device = new RunDevice(session.device());
      String place = context.data().orElse(settings.data().name());
      RecordedData where =
          RecordedData.of(settings.data().name(), context.dataDir(), context.folder(), data)
              .at(place, context.dataDir(), context.folder());
      folder.begin(task, network, where, device);
      return new TrainingRun(task, context, folder, device).run(session);
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

  /**
   * Says whether {@link #start} may use a folder without overwriting a run: it is not there, empty,
   * or holds no more than a start that was killed leaves.
   */
  public static boolean isFree(Path folder) throws IOException {
    return !Files.exists(folder) || (Files.isDirectory(folder) && RunFolder.isFree(folder));
  }

  /**
   * Goes on with the run in {@code context.folder()} exactly where its checkpoint stands.
   *
   * @throws UsageException if the folder is no run
   * @throws IOException if the checkpoint is damaged or the data have changed
   * @throws org.bitloom.error.FailureException if the run was begun on a GPU, there is none, and
   *     the context does not choose a device
   */
  public static RunOutcome resume(RunContext context) throws IOException {
    RunReader run = RunReader.open(context.folder());
    try (RunFolder folder = RunFolder.open(run)) {
      RunSettings settings = settings(run, context);
      Engines.loadInBackground(settings.threads());
      Network network = run.network();
      if (network instanceof OwnNetwork own && folder.checkpoint().exists()) {
        network = new OwnNetwork(own.script().with(folder.checkpoint().buffers()));
      }
      RecordedData.Found found = find(run, context);
      FrozenContent content = run.content();
      TrainingTask task = TrainingTask.of(settings, named(found), content);
      RunDevice begun = run.facts().device();
      DeviceChoice choice = begun.choice(context.device(), Devices::gpuCount);
      Progress progress = context.progress();
      try (Session session =
          task.open(network, !folder.checkpoint().exists(), choice, progress::notice)) {
        RunDevice device = begun.then(session.device(), progress::notice);
        folder.record(run, found.where(), device);
        return new TrainingRun(task, context, folder, device).run(session);
      }
    }
  }

  private static RunSettings settings(RunReader run, RunContext context) throws IOException {
    RunSettings settings = run.settings();
    if (settings.initFrom().isEmpty() || run.files().hasState()) {
      return settings;
    }
    return settings.startingFrom(
        StartingPoint.find(run, settings.initFrom().get(), context.initFrom()));
  }

  private static DataSet load(RunSettings settings, RunContext context) throws IOException {
    return sets(settings, context)
        .load(context.data().orElse(settings.data().name()), context.dataDir());
  }

  private static DataSets sets(RunSettings settings, RunContext context) {
    Progress progress = context.progress();
    return DataSets.standard(progress.downloads())
        .withImages(settings.data().images(), progress::notice);
  }

  /** Finds the data of a run that goes on: where the user says, or else wherever they are now. */
  private static RecordedData.Found find(RunReader run, RunContext context) throws IOException {
    RecordedData recorded = run.data();
    DataSets sets = sets(run.settings(), context);
    // who gives the old name again, perhaps elsewhere, does not name a new place
    Optional<String> place = context.data().filter(given -> !given.equals(recorded.name()));
    boolean told = place.isPresent() || context.dataDir().isPresent();
    RecordedData.Found found =
        told
            ? recorded.load(
                sets, place.orElse(recorded.name()), context.dataDir(), context.folder())
            : recorded.find(sets, context.folder());
    if (!found.same()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "data must be those the run began with (SHA-256 %s), got %s of %s",
              recorded.sha256(),
              found.data().sha256(),
              found.data().name()),
          "restore them, name the place they were moved to with --data, or start a new run");
    }
    return found;
  }

  /** The same bytes may have other names for their classes in another place: none, or a set's. */
  private static DataSet named(RecordedData.Found found) {
    List<String> names = found.where().classNames();
    return names.isEmpty() ? found.data() : found.data().called(names);
  }

  private RunOutcome run(Session session) throws IOException {
    try {
      return train(session);
    } catch (IOException | RuntimeException | Error e) {
      folder.progress().fail(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private RunOutcome train(Session session) throws IOException {
    RunSettings settings = task.settings();
    boolean resumed = folder.checkpoint().exists();
    Position position = resumed ? folder.checkpoint().restore(session, settings) : new Position();
    folder.writeMetrics(position.metrics);
    context.progress().started(settings, context.folder(), position.epoch);
    context.progress().parameters(session.state().parameters());
    Epochs epochs = new Epochs(task, context, folder, session);
    OptionalDouble first =
        !resumed && settings.initFrom().isPresent()
            ? OptionalDouble.of(epochs.measureFirst())
            : OptionalDouble.empty();
    boolean finished = epochs.run(position);
    Optional<Path> model = Optional.empty();
    if (finished) {
      folder.writeEnd(epochs.end());
      BitModel trained = ModelTransfer.of(session, task, device.text());
      ModelFile.write(folder.files().model(), task.content().around(trained));
      model = Optional.of(folder.files().model());
    }
    return new RunOutcome(finished, resumed, model, position.last(), first);
  }
}
