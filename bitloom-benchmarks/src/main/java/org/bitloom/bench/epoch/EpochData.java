package org.bitloom.bench.epoch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bitloom.data.DataSet;
import org.bitloom.data.DataSets;

/**
 * MNIST if it is on this machine, else made-up images of its shape.
 *
 * @param name of the set, or folder of the made-up files
 * @param madeUp whether the images mean nothing
 */
record EpochData(String name, boolean madeUp) {
  private static final String MNIST = "mnist";
  private static final int SIDE = 28;
  private static final int CLASSES = 10;
  private static final int TRAIN = 60_000;
  private static final int TEST = 10_000;

  /** Looks for MNIST, or writes files of its shape below {@code folder}. */
  static EpochData find(Path folder) throws IOException {
    boolean here =
        DataSets.standard().list(Optional.empty()).stream()
            .anyMatch(
                set ->
                    set.name().equals(MNIST) && set.place().isPresent() && set.missing().isEmpty());
    if (here) {
      return new EpochData(MNIST, false);
    }
    Path made = Files.createDirectories(folder.resolve("made-up"));
    SplittableRandom random = new SplittableRandom(1);
    write(made, "train", TRAIN, random);
    write(made, "t10k", TEST, random);
    return new EpochData(made.toString(), true);
  }

  private static void write(Path folder, String part, int count, SplittableRandom random)
      throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
    images.putInt(0x0803).putInt(count).putInt(SIDE).putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    labels.putInt(0x0801).putInt(count);
    while (labels.hasRemaining()) {
      labels.put((byte) random.nextInt(CLASSES));
    }
    while (images.hasRemaining()) {
      images.putInt(random.nextInt());
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }

  DataSet load() throws IOException {
    return DataSets.standard().load(name, Optional.empty());
  }

  @Override
  public String toString() {
    return madeUp ? "made-up images (MNIST: ./bitloom data fetch mnist)" : "MNIST";
  }
}
