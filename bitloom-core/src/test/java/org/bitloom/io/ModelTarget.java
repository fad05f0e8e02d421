package org.bitloom.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitloom.model.BitModel;
import org.bitloom.testkit.GoldenModels;
import org.bitloom.testkit.Seeds;
import org.bitloom.testkit.fuzz.FuzzTarget;
import org.bitloom.testkit.fuzz.SafetensorsRepair;
import org.bitloom.testkit.fuzz.ScratchFile;

/** Model files, whole ones and those that only their bits are saved from. */
final class ModelTarget implements FuzzTarget {
  /** Writing waits for the disk. */
  private static final int WRITTEN_ONCE_IN = 16;

  private final ScratchFile scratch = new ScratchFile(".safetensors");
  private final ScratchFile copy = new ScratchFile(".safetensors");

  @Override
  public List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    BitModel dense = Models.dense(Seeds.random(), 6, 9, 7, 5, 3);
    BitModel around = Models.around(dense, 13, Seeds.random("around"));
    for (BitModel model : List.of(Models.tiny(), dense, around, FormatPageTest.ofEveryKind())) {
      Path path = copy.with(new byte[0]);
      ModelFile.write(path, model);
      seeds.add(Files.readAllBytes(path));
    }
    Path folder = Files.createTempDirectory("bitloom-fuzz");
    for (String name :
        List.of("format1/module", "format2/nested-module", "format3/nested-module")) {
      Path path = GoldenModels.model(name, folder);
      seeds.add(Files.readAllBytes(path));
      Files.delete(path);
    }
    Files.delete(folder);
    return seeds;
  }

  @Override
  public boolean read(byte[] input) throws IOException {
    Path path = scratch.with(input);
    salvage(path);
    BitModel model;
    try {
      model = ModelFile.read(path);
    } catch (CorruptFileException e) {
      return false;
    }
    if (Arrays.hashCode(input) % WRITTEN_ONCE_IN == 0) {
      checkThatItIsWrittenAndReadAgain(model);
    }
    return true;
  }

  private static void salvage(Path path) throws IOException {
    try {
      SalvagedBits.read(path);
    } catch (CorruptFileException e) {
      return; // as documented
    }
  }

  private void checkThatItIsWrittenAndReadAgain(BitModel model) throws IOException {
    Path path = copy.with(new byte[0]);
    ModelFile.write(path, model);
    byte[] once = Files.readAllBytes(path);
    ModelFile.write(path, ModelFile.read(path));
    if (!Arrays.equals(Files.readAllBytes(path), once)) {
      throw new AssertionError("an accepted model must be the same when it is written and read");
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
