package org.bitloom.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bitloom.bits.BitMask;
import org.bitloom.error.UsageException;
import org.bitloom.payload.CarrierTensor;
import org.bitloom.payload.FreeBits;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParityTest {
  private static final Sealing PARITY = new Sealing(false, Optional.empty(), true);

  private static FreeBits filled(byte[] content) throws IOException {
    CarrierTensor tensor =
        new CarrierTensor("w", List.of(content.length / 2 + 300), BitMask.top(3).at(32));
    return Payloads.around(List.of(tensor), Samples.file(content), PARITY, 1);
  }

  private static long repaired(FreeBits bits, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Extraction found = Payloads.extract(bits, AgeKey.NONE, out);
    assertThat(out.toByteArray()).isEqualTo(content);
    return found.repairedBytes();
  }

  /** Changes {@code count} bytes from {@code at} on, each to another value. */
  private static void damage(FreeBits bits, long at, int count) {
    SplittableRandom random = Seeds.random("damage" + at);
    byte[] bytes = new byte[count];
    bits.read(at, bytes, 0, count);
    for (int i = 0; i < count; i++) {
      bytes[i] ^= (byte) (1 + random.nextInt(255));
    }
    bits.write(at, bytes, 0, count);
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {1, 100, 121, 122, 123, 345, 5000, 20_001})
  void aBurstOfSixteenBytesForEachCodewordIsRepairedAnywhere(int bytes) throws IOException {
    byte[] content = Samples.content("random", bytes);
    long container = Payloads.prove(filled(content)).outer().containerBytes();
    int codewords = (int) (container + 222) / 223;
    long stored = container + 32L * codewords;
    for (int trial = 0; trial <= 6; trial++) {
      FreeBits bits = filled(content);
      int burst = 16 * codewords;
      damage(bits, (stored - burst) * trial / 6, burst);

      long repaired = repaired(bits, content);

      boolean reachesContent = (stored - burst) * trial / 6 < container - 4; // the last checksum
      assertThat(repaired).isEqualTo(reachesContent ? burst : 0);
    }
  }

  @Test
  void scatteredDamageOfFourPercentIsRepairedAndCounted() throws IOException {
    byte[] content = Samples.content("random", 20_000);
    FreeBits bits = filled(content);
    SplittableRandom random = Seeds.random();
    long stored = 22_900;
    int count = 0;
    for (long at = 0; at < stored; at++) {
      if (random.nextDouble() < 0.02) {
        damage(bits, at, 1);
        count++;
      }
    }
    damage(bits, bits.capacity().bytes() - 200, 100); // of the codeword that tells the length

    assertThat(repaired(bits, content)).isBetween(count - 60L, (long) count);
  }

  @Test
  void moreThanParityCanRepairIsSaid() throws IOException {
    FreeBits bits = filled(Samples.content("random", 5000));
    damage(bits, 300, 17 * 24);

    assertThatThrownBy(() -> Payloads.prove(bits))
        .hasMessageMatching(
            "payload is damaged beyond repair: [1-9][0-9]? of 23 codewords have more than 16 wrong"
                + " bytes");
  }

  @Test
  void parityMustFitToo() {
    CarrierTensor tensor = new CarrierTensor("w", List.of(3000), BitMask.top(3).at(32));
    byte[] content = Samples.content("random", 10_000);

    assertThatThrownBy(() -> Payloads.around(List.of(tensor), Samples.file(content), PARITY, 1))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("must fit into the 10875 bytes of free bits, needs 11");
  }

  @Test
  void aDamagedHeaderIsRepairedFromEitherEnd() throws IOException {
    byte[] content = Samples.content("text", 9000);
    FreeBits front = filled(content);
    damage(front, 0, 110);
    assertThat(repaired(front, content)).isEqualTo(110);

    FreeBits back = filled(content);
    damage(back, back.capacity().bytes() - 255, 255);
    damage(back, 1000, 50);
    assertThat(repaired(back, content)).isEqualTo(50);
  }
}
