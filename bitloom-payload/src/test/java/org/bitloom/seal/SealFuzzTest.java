package org.bitloom.seal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.bitloom.payload.PayloadException;
import org.bitloom.testkit.fuzz.FuzzRound;
import org.junit.jupiter.api.Test;

class SealFuzzTest {
  @Test
  void damagedAgeFilesGiveTheirFileOrAnError() throws IOException {
    FuzzRound.run(AgeTarget.class);
  }

  @Test
  void damagedCompressedContainersGiveTheirFileOrAnError() throws IOException {
    FuzzRound.run(PackedTarget.class);
  }

  @Test
  void aCompressedContainerThatAsksForMuchMemoryIsRefused() throws IOException {
    byte[] container = PackedTarget.container(new byte[100], out -> greedy(out));
    assertThatThrownBy(
            () ->
                Payloads.extractStored(
                    new ByteArrayInputStream(container),
                    AgeKey.NONE,
                    OutputStream.nullOutputStream()))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("content cannot be unpacked");
  }

  /** A frame that wants 2^27 bytes kept at hand, the most that zstd gives without being asked. */
  private static OutputStream greedy(OutputStream body) throws IOException {
    return new ZstdOutputStreamNoFinalizer(body, 1).setLong(27);
  }
}
