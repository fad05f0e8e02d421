package org.bitloom.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.bitloom.bits.BitMask;
import org.bitloom.error.UsageException;
import org.bitloom.io.HexDump;
import org.bitloom.io.Sha256;
import org.bitloom.payload.ContainerReader.Unpacker;
import org.bitloom.payload.ContainerWriter.Packer;
import org.bitloom.payload.PayloadException.Kind;
import org.bitloom.testkit.PythonReader;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerTest {
  private static final ContainerHeader FIRST = ContainerHeader.unfinished(Set.of(), "notes.txt");

  /** Writes twice: the first time tells the header. */
  static byte[] container(byte[] content) throws IOException {
    ContainerWriter.Content writer = out -> out.write(content);
    ContainerHeader header =
        ContainerWriter.write(OutputStream.nullOutputStream(), FIRST, writer, Packer.NONE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContainerWriter.write(out, header, writer, Packer.NONE);
    assertThat(out.size()).isEqualTo(header.containerBytes());
    return out.toByteArray();
  }

  private static byte[] content(byte[] container) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContainerReader.open(new ByteArrayInputStream(container)).copyTo(out, Unpacker.NONE);
    return out.toByteArray();
  }

  private static byte[] random(int bytes) {
    byte[] content = new byte[bytes];
    Seeds.random().nextBytes(content);
    return content;
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, 8192, 100_001})
  void whatIsWrittenIsRead(int bytes) throws IOException {
    byte[] content = random(bytes);
    byte[] container = container(content);

    assertThat(content(container)).isEqualTo(content);
    ContainerHeader header = ContainerReader.open(new ByteArrayInputStream(container)).header();
    assertThat(header.name()).isEqualTo("notes.txt");
    assertThat(header.contentBytes()).isEqualTo(bytes);
    assertThat(container).hasSize(92 + 9 + bytes + 4 * ((bytes + 4095) / 4096));
  }

  @Test
  void freeBitsHoldAContainerUpToTheirLastByte() throws IOException {
    FreeBits bits = lenetLast();
    byte[] largest = random((int) bits.capacity().largestFile(9));

    ContainerWriter.write(bits, FIRST, out -> out.write(largest), Packer.NONE);

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContainerReader.open(bits.input(0)).copyTo(out, Unpacker.NONE);
    assertThat(out.toByteArray()).isEqualTo(largest);
  }

  @Test
  void oneByteMoreThanFitsIsRefusedWithTheNumbers() {
    FreeBits bits = lenetLast();
    byte[] larger = new byte[(int) bits.capacity().largestFile(9) + 1];
    assertThatThrownBy(
            () -> ContainerWriter.write(bits, FIRST, out -> out.write(larger), Packer.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "payload must fit into the 3625 bytes of free bits, needs 3626 with its container (1"
                + " too many)");
  }

  private static FreeBits lenetLast() {
    return FreeBits.noise(
        List.of(new CarrierTensor("w", List.of(10, 100), BitMask.top(3).at(32))), 1);
  }

  @Test
  void noiseHoldsNoContainer() {
    assertThatThrownBy(() -> ContainerReader.open(lenetLast().input(0)))
        .satisfies(e -> assertThat(((PayloadException) e).kind()).isEqualTo(Kind.ABSENT));
  }

  @Test
  void everyTruncationIsAbsentOrDamaged() throws IOException {
    byte[] whole = container(random(300));
    for (int length = 0; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length), "first " + length + " bytes");
    }
  }

  @Test
  void everyFlippedBitIsFoundOrHarmless() throws IOException {
    byte[] content = random(300);
    byte[] bytes = container(content);
    int checksum = bytes.length - Blocks.CHECKSUM_BYTES;
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      bytes[bit >>> 3] ^= (byte) (1 << (bit & 7));
      if (bit >>> 3 < checksum) {
        assertRefused(bytes, "bit " + bit);
      } else {
        ContainerReader reader = ContainerReader.open(new ByteArrayInputStream(bytes));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(reader.copyTo(out, Unpacker.NONE)).as("damaged checksums").isEqualTo(1);
        assertThat(out.toByteArray()).isEqualTo(content);
      }
      bytes[bit >>> 3] ^= (byte) (1 << (bit & 7));
    }
  }

  private static void assertRefused(byte[] container, String what) {
    assertThatThrownBy(() -> content(container)).as(what).isInstanceOf(PayloadException.class);
  }

  @Test
  void damageIsLocated() throws IOException {
    byte[] bytes = container(random(10 * 4096 + 7));
    int body = 92 + 9;
    bytes[body + 2 * 4100 + 5] ^= 1;
    bytes[body + 3 * 4100] ^= 1;
    bytes[bytes.length - 5] ^= 1;

    assertThatThrownBy(() -> content(bytes))
        .hasMessage(
            "payload is damaged: found 3 of 11 blocks damaged, bytes 8192..16383, 40960..40966");
    assertThatThrownBy(() -> content(Arrays.copyOf(bytes, body + 9 * 4100 + 1)))
        .hasMessage(
            "payload is damaged: found 4 of 11 blocks damaged, bytes 8192..16383, 36864..40966");
  }

  @Test
  void aHeaderOfHugeLengthsIsNotBelieved() throws IOException {
    ContainerHeader huge =
        new ContainerHeader(Set.of(), "x", 1L << 60, Long.MAX_VALUE, "0".repeat(64));
    assertThatThrownBy(() -> content(huge.encode())).hasMessageContaining("blocks damaged");
  }

  @Test
  void aLaterVersionAndUnknownFlagsAreNamed() {
    assertThatThrownBy(() -> content(resealed(8, 2)))
        .hasMessageContaining("Unknown container 2, this bitloom reads at most 1");
    assertThatThrownBy(() -> content(resealed(9, 8)))
        .hasMessageContaining("flags must be 0..7, got 8");
    assertThatThrownBy(() -> content(resealed(9, 3)))
        .hasMessageContaining("compression must lie within encryption");
    assertThatThrownBy(() -> content(resealed(92, 0xFF))).hasMessageContaining("header must be");
  }

  /** Changes a byte of a header and makes its checksum fit. */
  private static byte[] resealed(int at, int value) throws IOException {
    byte[] header = FIRST.encode();
    header[at] = (byte) value;
    byte[] covered = new byte[header.length - 32];
    System.arraycopy(header, 0, covered, 0, 60);
    System.arraycopy(header, 92, covered, 60, header.length - 92);
    System.arraycopy(Sha256.digest().digest(covered), 0, header, 60, 32);
    return header;
  }

  @Test
  void namesAreMadePrintableOrRefused() {
    assertThat(ContainerHeader.nameOf("a\n\u001bb.txt")).isEqualTo("a??b.txt");
    assertThatThrownBy(() -> ContainerHeader.nameOf("ä".repeat(128)))
        .isInstanceOf(UsageException.class)
        .hasMessage("name of a payload must have at most 255 bytes, got 256");
  }

  @Test
  void randomHeadersAreNeverTakenForOne() {
    SplittableRandom random = Seeds.random();
    byte[] noise = new byte[400];
    for (int trial = 0; trial < 2000; trial++) {
      random.nextBytes(noise);
      System.arraycopy(FIRST.encode(), 0, noise, 0, random.nextInt(92));
      assertThatThrownBy(() -> content(noise)).isInstanceOf(PayloadException.class);
    }
  }

  @Test
  void theExampleOfTheFormatPageIsWritten() throws IOException {
    assertThat(container("Hello, bits\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(HexDump.bytes(PythonReader.block("payload")));
  }
}
