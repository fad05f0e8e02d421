package org.bitloom.cli.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bitloom.cli.command.CommonOptions;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.DataDirOption;
import org.bitloom.cli.command.DeviceOption;
import org.bitloom.cli.command.DownloadLines;
import org.bitloom.cli.command.Figures;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.LiveLine;
import org.bitloom.cli.command.ThreadsOption;
import org.bitloom.data.DataSets;
import org.bitloom.error.UsageException;
import org.bitloom.images.choice.ImageSettings;
import org.bitloom.images.choice.TestShare;
import org.bitloom.model.ClassAccuracy;
import org.bitloom.model.Reading;
import org.bitloom.session.Evaluation;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a model on the test part of a data set. */
@Command(
    name = "eval",
    sortOptions = false,
    description = "Measure a model on the test part of a data set.")
public final class EvalCommand implements Callable<Integer> {
  private static final String PYTORCH = "pytorch";
  private static final String JAVA = "java";

  @Parameters(paramLabel = "MODEL", description = "Model file, or the folder of its run.")
  private Path model;

  @Option(
      names = "--net",
      paramLabel = "FILE",
      description =
          "Module the model was trained from with --net FILE (default: network.pt beside it).")
  private Path network;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      description = "Data set (default: the one the model was trained on).")
  private String data;

  @Mixin private DataDirOption dataDir;

  @Option(names = "--skip-bad-images", description = DataDirOption.SKIP_BAD_IMAGES)
  private boolean skipBadImages;

  @Option(
      names = "--split",
      paramLabel = "SHARE",
      description = "Share of a folder without a test part that is tested, as in train.")
  private String split;

  @Mixin private ReadingOptions reading;

  @Mixin private ThreadsOption threads;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description =
          "What computes it: pytorch, or java, which needs no engine and takes every network but"
              + " those of TorchScript (default: pytorch).")
  private String engine = PYTORCH;

  @Mixin private DeviceOption device;
  @Mixin private CommonOptions common;

  private final Console console;
  private final Library library;

  public EvalCommand(Console console, Library library) {
    this.console = console;
    this.library = library;
  }

  @Override
  public Integer call() throws IOException {
    int count = threads.count();
    if (data != null) {
      DataSets.checkName(data);
    }
    Reading how = reading.reading();
    DeviceChoice where = device.choice();
    checkEngine(where);
    Path file = RunFiles.modelOf(model);
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    reading.warn(console, file);
    Evaluation.Data samples =
        new Evaluation.Data(
            Optional.ofNullable(data),
            dataDir.optional(),
            images(),
            new DownloadLines(console),
            new LiveLine(console)::line);
    Evaluation.Source source = new Evaluation.Source(file, Optional.ofNullable(network), how);
    Evaluation result =
        engine.equals(JAVA)
            ? library.evaluateInJava(source, samples, count)
            : library.evaluate(source, samples, count, where);
    if (common.json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("accuracy", result.accuracy());
      object.put("correct", result.correct());
      object.put("total", result.total());
      object.put("loss", result.loss());
      ClassAccuracy perClass = result.answers().perClass();
      object.put("balancedAccuracy", perClass.balanced().orElse(0));
      object.put("testPerClass", perClass.json());
      object.put("classNames", result.classNames());
      object.put("confusion", result.answers().rows());
      console.json(object);
    } else {
      console.line("accuracy  %s", Figures.percent(result.accuracy()));
      console.line("correct   %d of %d", result.correct(), result.total());
      console.line("loss      %.4f", result.loss());
      double balanced = result.answers().perClass().balanced().orElse(0);
      console.line("balanced  %s, the mean over the classes", Figures.percent(balanced));
      new ClassTable(result).print(console);
    }
    return 0;
  }

  private void checkEngine(DeviceChoice where) {
    if (!engine.equals(PYTORCH) && !engine.equals(JAVA)) {
      throw new UsageException(
          "engine must be " + PYTORCH + " or " + JAVA + ", got '" + engine + "'", "choose one");
    }
    if (engine.equals(JAVA) && where.kind() == DeviceChoice.Kind.GPU) {
      throw new UsageException(
          "plain Java computes on the processor, got --device " + where,
          "leave out --device, or --engine java");
    }
  }

  private ImageSettings images() {
    return new ImageSettings(
        skipBadImages,
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(split).map(TestShare::parse));
  }
}
