package org.bitloom.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.ModelFile;
import org.bitloom.io.SalvagedBits;
import org.bitloom.payload.FreeBits;
import org.bitloom.payload.PayloadException;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damages model files: a wrong file is never delivered, and no damage goes unsaid. */
class DamagedCarrierTest {
  private static final int DAMAGES = 5000;

  @TempDir private Path folder;

  /** What came of a damage. */
  private enum End {
    /** The model file had lost its form. */
    REFUSED,
    /** There was no payload any more, or it was damaged. */
    REPORTED,
    /** The payload was whole; that the file is damaged was told. */
    DELIVERED,
    /** The payload was wrong and was set right. */
    REPAIRED
  }

  @ParameterizedTest(name = "parity {0}")
  @ValueSource(booleans = {false, true})
  void fiveThousandDamagesNeverGiveAWrongFile(boolean parity) throws IOException {
    byte[] content = Samples.content("random", 500);
    byte[] whole = file(new Sealing(false, Optional.empty(), parity), content);
    SplittableRandom random = Seeds.random("damages");
    Map<End, Integer> ends = new EnumMap<>(End.class);
    for (int trial = 0; trial < DAMAGES; trial++) {
      byte[] damaged = damaged(whole, random);
      if (!Arrays.equals(damaged, whole)) {
        ends.merge(end(damaged, content, "damage " + trial), 1, Integer::sum);
      }
    }
    assertThat(ends.keySet())
        .as("%s, seed %d", ends, Seeds.CURRENT)
        .contains(End.REFUSED, End.REPORTED, End.DELIVERED);
    assertThat(ends.containsKey(End.REPAIRED)).as("%s", ends).isEqualTo(parity);
  }

  /** Flips one bit, or changes a burst of up to 200 bytes. */
  private static byte[] damaged(byte[] whole, SplittableRandom random) {
    byte[] damaged = whole.clone();
    int at = random.nextInt(whole.length);
    if (random.nextBoolean()) {
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      return damaged;
    }
    int end = Math.min(whole.length, at + 1 + random.nextInt(200));
    for (int i = at; i < end; i++) {
      damaged[i] = (byte) random.nextInt(256);
    }
    return damaged;
  }

  private byte[] file(Sealing sealing, byte[] content) throws IOException {
    Path path = folder.resolve("whole.safetensors");
    ModelFile.write(
        path, Payloads.embed(Samples.model(32, "top3", 2), Samples.file(content), sealing, 1));
    return Files.readAllBytes(path);
  }

  private End end(byte[] bytes, byte[] content, String what) throws IOException {
    Path path = folder.resolve("damaged.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(bytes);
      file.setLength(bytes.length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      SalvagedBits salvaged = SalvagedBits.read(path);
      assertThat(salvaged.damage()).as(what).isPresent();
      Extraction found = Payloads.extract(FreeBits.of(salvaged.tensors()), AgeKey.NONE, out);
      assertThat(out.toByteArray()).as(what).isEqualTo(content);
      return found.repairedBytes() > 0 ? End.REPAIRED : End.DELIVERED;
    } catch (CorruptFileException e) {
      return End.REFUSED;
    } catch (PayloadException e) {
      return End.REPORTED;
    }
  }

  @Test
  void aBurstThatDestroysTheWholePayloadIsAbsentOrDamaged() throws IOException {
    byte[] content = Samples.content("text", 500);
    byte[] bytes = file(Sealing.NONE, content);
    Arrays.fill(bytes, bytes.length - 1500, bytes.length, (byte) 0x33);

    assertThat(end(bytes, content, "burst")).isEqualTo(End.REPORTED);
  }
}
