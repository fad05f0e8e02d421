package org.bitloom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bitloom.bits.BitMask;
import org.bitloom.io.ModelFile;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Task;
import org.bitloom.testkit.Seeds;

/** A folder that looks like that of a run of one epoch, with a model of one layer. */
public final class SmallRun {
  private static final int WEIGHTS = 200;

  private SmallRun() {}

  /** Writes the folder and returns it. */
  public static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("config.json"),
        "{\"settings\":{\"network\":\"lenet300\",\"weights\":{\"depth\":32},\"seed\":1}}");
    Files.writeString(
        folder.resolve("metrics.jsonl"),
        "{\"epoch\":1,\"learningRate\":0.1,\"trainLoss\":0.5,\"trainAccuracy\":0.5,"
            + "\"testLoss\":0.5,\"testAccuracy\":0.5,\"negative\":1,\"zero\":2,\"positive\":3,"
            + "\"flips\":[],\"seconds\":1.5}\n");
    int[] codes = Seeds.random().ints(WEIGHTS).toArray();
    BitTensor weight =
        new BitTensor("w", List.of(2, WEIGHTS / 2), BitMask.parse("top3").at(32), 0.5f, codes);
    Task task = new Task(List.of(1, 10, 10), Normalization.none(WEIGHTS / 2), 2);
    ModelFile.write(
        folder.resolve("model.safetensors"),
        new BitModel(Architecture.opaque("lenet300"), task, List.of(weight), Map.of()));
    return folder;
  }
}
