package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bitloom.model.BitModel;
import org.bitloom.model.ModelTensor;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that no damage goes unnoticed and none causes anything but a CorruptFileException. */
class DamagedModelTest {
  private static final long ALLOWED_BYTES = 4 << 20;

  @TempDir private Path folder;

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = written(Models.tiny());
    for (int length = 0; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length), "first " + length + " bytes");
    }
  }

  @Test
  void everySingleFlippedBitIsRefused() throws IOException {
    byte[] bytes = written(Models.tiny());
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      bytes[bit >>> 3] ^= (byte) (1 << (bit & 7));
      assertRefused(bytes, "bit " + (bit & 7) + " of byte " + (bit >>> 3));
      bytes[bit >>> 3] ^= (byte) (1 << (bit & 7));
    }
  }

  @Test
  void everyAppendedByteIsRefused() throws IOException {
    byte[] whole = written(Models.tiny());
    for (int more = 1; more <= 16; more++) {
      assertRefused(Arrays.copyOf(whole, whole.length + more), more + " bytes more");
    }
  }

  @Test
  void aThousandSeededCorruptionsOfABiggerFileAreRefused() throws IOException {
    SplittableRandom random = Seeds.random();
    List<ModelTensor> tensors =
        List.of(
            Models.bits(random, "01Linear_weight", 6, List.of(60, 70)),
            Models.floats(random, "01Linear_bias", List.of(60)),
            Models.bits(random, "02Linear_weight", 12, List.of(30, 60)),
            Models.bits(random, "03Linear_weight", 32, List.of(10, 30)));
    byte[] whole = written(Models.model(random, 70, 10, tensors));
    for (int trial = 0; trial < 1000; trial++) {
      byte[] bytes = corrupted(whole, random.split());
      if (!Arrays.equals(bytes, whole)) {
        assertRefused(bytes, "trial " + trial);
      }
    }
  }

  /** Overwrites, removes, repeats or swaps a stretch; half of the time within the header. */
  private static byte[] corrupted(byte[] whole, SplittableRandom random) {
    int reach = random.nextBoolean() ? Math.min(1500, whole.length) : whole.length;
    int from = random.nextInt(reach);
    int length = Math.min(1 + random.nextInt(1 << random.nextInt(8)), whole.length - from);
    byte[] bytes = whole.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bytes, from, length);
      }
      case 1 -> {
        System.arraycopy(whole, from + length, bytes, from, whole.length - from - length);
        bytes = Arrays.copyOf(bytes, whole.length - length);
      }
      case 2 -> {
        bytes = Arrays.copyOf(bytes, whole.length + length);
        System.arraycopy(whole, from, bytes, from + length, whole.length - from);
      }
      default -> {
        int other = random.nextInt(whole.length - length + 1);
        System.arraycopy(whole, other, bytes, from, length);
      }
    }
    return bytes;
  }

  private byte[] written(BitModel model) throws IOException {
    Path path = folder.resolve("whole.safetensors");
    ModelFile.write(path, model);
    return Files.readAllBytes(path);
  }

  private void assertRefused(byte[] bytes, String what) throws IOException {
    Path path = folder.resolve("damaged.safetensors");
    overwrite(path, bytes);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Throwable thrown = null;
    try {
      ModelFile.read(path);
    } catch (Throwable e) {
      thrown = e;
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    if (!(thrown instanceof CorruptFileException) || allocated > ALLOWED_BYTES) {
      assertThat(thrown).as(what).isInstanceOf(CorruptFileException.class);
      assertThat(allocated).as("bytes allocated for " + what).isLessThan(ALLOWED_BYTES);
    }
  }

  /** Writes over the old bytes: emptying a file first makes some file systems wait for the disk. */
  private static void overwrite(Path path, byte[] bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(bytes);
      file.setLength(bytes.length);
    }
  }
}
