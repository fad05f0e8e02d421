package org.bitloom.reproduce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bitloom.data.DataSets;
import org.bitloom.data.ImageSet;
import org.bitloom.payload.CarrierTensor;
import org.bitloom.payload.PayloadBits;
import org.bitloom.reproduce.plan.PayloadKind;
import org.bitloom.reproduce.plan.Plan;
import org.bitloom.reproduce.plan.Row;
import org.bitloom.session.NetworkCarrier;
import org.bitloom.settings.Payload;
import org.bitloom.settings.RunChoices;
import org.bitloom.settings.RunChoices.Choice;
import org.bitloom.settings.RunFiles;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.sweep.SweepFolder;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.SweepRun;

/** Turns rows and seeds into runs, with what they start from and carry. */
final class RunFinder {
  private static final String PAYLOADS = "payloads";

  private final Plan plan;
  private final SweepFolder folder;
  private final FoundData data;
  private final int threads;

  RunFinder(Plan plan, SweepFolder folder, FoundData data, int threads) {
    this.plan = plan;
    this.folder = folder;
    this.data = data;
    this.threads = threads;
  }

  /**
   * Returns the run of a row, or nothing if a run that it needs has left no network.
   *
   * @throws IOException if a network that it needs cannot be read
   */
  Optional<SweepRun> run(Row row, long seed) throws IOException {
    RunChoices choices = row.choices(seed, threads);
    if (!row.load().rates().isEmpty()) {
      OptionalDouble rate = rate(row);
      if (rate.isEmpty()) {
        return Optional.empty();
      }
      choices = choices.with(Choice.RATE, rate.getAsDouble());
    }
    if (row.load().initFrom().isPresent()) {
      Optional<Path> model = model(plan.row(row.load().initFrom().get()), seed);
      if (model.isEmpty()) {
        return Optional.empty();
      }
      choices = choices.with(Choice.INIT_FROM, model.get());
    }
    if (row.load().nested().isPresent()) {
      Optional<Path> model = model(plan.row(row.load().nested().get()), seed);
      if (model.isEmpty()) {
        return Optional.empty();
      }
      choices = choices.with(Choice.NESTED, model.get());
    }
    RunSettings settings = choices.settings();
    if (row.load().payload().isPresent()) {
      settings = settings.carrying(payload(row, settings, row.load().payload().get()));
    }
    return Optional.of(SweepRun.of(settings));
  }

  /**
   * Returns the learning rate of a row: that of the run which is best on the samples held out, the
   * first of equal ones. Empty as long as one of them has no result.
   */
  OptionalDouble rate(Row row) throws IOException {
    double best = -1;
    double chosen = Double.NaN;
    for (Map.Entry<String, Double> tried : row.load().rates().entrySet()) {
      Row candidate = plan.row(tried.getKey());
      Optional<SweepRun> run = run(candidate, candidate.seeds().get(0));
      Optional<RunResult.Finished> end = run.flatMap(this::end);
      if (end.isEmpty()) {
        return OptionalDouble.empty();
      }
      if (end.get().score() > best) {
        best = end.get().score();
        chosen = tried.getValue();
      }
    }
    return OptionalDouble.of(chosen);
  }

  /** Returns the end of a run that was trained to it. */
  Optional<RunResult.Finished> end(SweepRun run) {
    return folder.ends().stream()
        .filter(RunResult.Finished.class::isInstance)
        .map(RunResult.Finished.class::cast)
        .filter(end -> end.run().id().equals(run.id()))
        .findFirst();
  }

  /** Returns a run that takes as long, though it starts from nothing and carries nothing. */
  SweepRun bare(Row row, long seed) throws IOException {
    return SweepRun.of(row.bare(seed, threads));
  }

  /** Returns the network that the run of a row left. */
  Optional<Path> model(Row row, long seed) throws IOException {
    Optional<SweepRun> run = run(row, seed);
    return run.map(found -> new RunFiles(folder.run(found)).model()).filter(Files::exists);
  }

  private Payload payload(Row row, RunSettings settings, PayloadKind kind) throws IOException {
    Path file = folder.file(PAYLOADS).resolve(row.key() + "-seed" + settings.seed() + ".bits");
    if (!Files.exists(file)) {
      Files.createDirectories(file.getParent());
      Carried.layOut(kind, carrier(row, settings), settings.seed()).write(file);
    }
    return new Payload(file.toString(), PayloadBits.read(file).sha256());
  }

  private List<CarrierTensor> carrier(Row row, RunSettings settings) throws IOException {
    ImageSet images = DataSets.standard().load(row.data(), data.folder(row)).train();
    List<Integer> shape = List.of(images.channels(), images.height(), images.width());
    return NetworkCarrier.of(
        settings.network(), shape, images.classes(), (BitWeights) settings.weights());
  }
}
