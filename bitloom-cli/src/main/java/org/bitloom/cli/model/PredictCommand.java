package org.bitloom.cli.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.ExitCode;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.ThreadsOption;
import org.bitloom.error.UsageException;
import org.bitloom.session.Evaluation;
import org.bitloom.session.Prediction;
import org.bitloom.session.Prediction.Candidate;
import org.bitloom.settings.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a model what is on single images. */
@Command(
    name = "predict",
    sortOptions = false,
    description = "Tell the classes of single images, with probabilities.")
public final class PredictCommand implements Callable<Integer> {
  private static final int USUAL_TOP = 3;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "Model file, or the folder of its run.")
  private Path model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Image files of the size that the model was trained on.")
  private List<Path> images;

  @Option(
      names = "--net",
      paramLabel = "FILE",
      description =
          "Module the model was trained from with --net FILE (default: network.pt beside it).")
  private Path network;

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "Show the K most probable classes (default: 3, all with --json).")
  private Integer top;

  @Mixin private ReadingOptions reading;

  @Mixin private ThreadsOption threads;

  @Mixin private CommonOptions common;

  private final Console console;
  private final Library library;

  public PredictCommand(Console console, Library library) {
    this.console = console;
    this.library = library;
  }

  @Override
  public Integer call() throws IOException {
    int count = threads.count();
    if (top != null && top < 1) {
      throw new UsageException("top must be at least 1, got " + top, "raise --top");
    }
    Path file = RunFiles.modelOf(model);
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    reading.warn(console, file);
    Evaluation.Source source =
        new Evaluation.Source(file, Optional.ofNullable(network), reading.reading());
    List<Prediction> predictions = library.predict(source, images, count);
    if (common.json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("model", file.toString());
      object.put("images", predictions.stream().map(this::object).toList());
      console.json(object);
    } else {
      predictions.forEach(this::print);
    }
    boolean all = predictions.stream().allMatch(each -> each.problem().isEmpty());
    return all ? ExitCode.DONE : ExitCode.FAILED;
  }

  private Map<String, Object> object(Prediction prediction) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("image", prediction.image().toString());
    prediction.problem().ifPresent(problem -> object.put("error", problem));
    prediction.classes().stream()
        .findFirst()
        .ifPresent(
            best -> {
              object.putAll(object(best));
              int most = top == null ? prediction.classes().size() : top;
              object.put(
                  "classes",
                  prediction.classes().stream().limit(most).map(PredictCommand::object).toList());
            });
    return object;
  }

  private static Map<String, Object> object(Candidate candidate) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("class", candidate.name());
    object.put("label", candidate.label());
    object.put("probability", candidate.probability());
    return object;
  }

  private void print(Prediction prediction) {
    if (prediction.problem().isPresent()) {
      console.tell("bitloom: " + prediction.image() + ": " + prediction.problem().get());
      return;
    }
    String classes =
        prediction.classes().stream()
            .limit(top == null ? USUAL_TOP : top)
            .map(found -> found.name() + " " + Figures.percent(found.probability()))
            .collect(Collectors.joining(", "));
    console.line("%s  %s", prediction.image(), classes);
  }
}
