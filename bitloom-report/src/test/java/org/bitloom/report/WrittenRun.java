package org.bitloom.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitloom.bits.BitMask;
import org.bitloom.io.Json;
import org.bitloom.io.ModelFile;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Task;
import org.bitloom.testkit.Seeds;

/** The folder of a run as train leaves it, written by hand. */
final class WrittenRun {
  private static final int WEIGHTS = 200;

  private final Path folder;

  /** Makes a folder with nothing but config.json. */
  WrittenRun(Path folder, List<String> classNames) throws IOException {
    this.folder = Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), config(classNames));
  }

  private static String config(List<String> classNames) {
    return """
        {"settings":{"network":"lenet300","data":"mnist","weights":{"depth":6,"mask":"111000",\
        "rule":"coupled","drift":0.0,"layers":[]},"optimizer":"adam","schedule":"3x0.0009",\
        "batch":64,"validation":0.0,"limit":500,"augmentation":"none","seed":1,"threads":2},\
        "data":{"name":"mnist","sha256":"SUM","classNames":NAMES},\
        "versions":{"bitloom":"0.1.0","jdk":"17","engine":"PyTorch 2.7.1","djl":"0.35.1",\
        "system":"Linux amd64"},"kernels":"vector","device":"cpu"}\
        """
        .replace("SUM", "ab".repeat(32))
        .replace("NAMES", Json.print(classNames));
  }

  WrittenRun(Path folder) throws IOException {
    this(folder, List.of("zero", "one"));
  }

  /** Returns a line of metrics with a training loss as it stands there. */
  static String line(int epoch, String loss) {
    return """
        {"epoch":EPOCH,"learningRate":9.0E-4,"trainLoss":LOSS,"trainAccuracy":0.55,"testLoss":0.7,\
        "testAccuracy":0.78,"testPerClass":[0.8,0.7],"testBalancedAccuracy":0.75,\
        "negative":100,"zero":1,"positive":99,"flips":[0,0,0,5,4,3],"seconds":2.5,\
        "trainSeconds":2.2,"dataSeconds":0.1,"updateSeconds":1.5,"imagesPerSecond":218.1}\
        """
        .replace("EPOCH", Integer.toString(epoch))
        .replace("LOSS", loss);
  }

  /** Returns the lines of so many epochs. */
  static List<String> lines(int epochs) {
    List<String> lines = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      lines.add(line(epoch, String.valueOf(1.0 / epoch)));
    }
    return lines;
  }

  WrittenRun metrics(List<String> lines) throws IOException {
    Files.write(folder.resolve("metrics.jsonl"), lines);
    return this;
  }

  /** Writes a model of one layer. */
  WrittenRun model(String layer) throws IOException {
    int[] codes = Seeds.random("codes").ints(WEIGHTS, 0, 1 << 6).toArray();
    BitTensor weight =
        new BitTensor(layer, List.of(2, WEIGHTS / 2), BitMask.parse("top3").at(6), 0.5f, codes);
    Task task = new Task(List.of(1, 10, 10), Normalization.none(WEIGHTS / 2), 2);
    ModelFile.write(
        folder.resolve("model.safetensors"),
        new BitModel(Architecture.opaque("lenet300"), task, List.of(weight), Map.of()));
    return this;
  }

  Path folder() {
    return folder;
  }

  /** Returns what a page tells of the run. */
  Map<?, ?> part() throws IOException {
    List<?> runs = (List<?>) ReportDocument.of(List.of(folder)).get("runs");
    return (Map<?, ?>) runs.get(0);
  }

  /** Returns the column of a metric. */
  List<?> column(String metric) throws IOException {
    return (List<?>) ((Map<?, ?>) part().get("epochs")).get(metric);
  }

  /** Returns what the page remarks on, as one text. */
  String remarks() throws IOException {
    return String.valueOf(part().get("remarks"));
  }
}
