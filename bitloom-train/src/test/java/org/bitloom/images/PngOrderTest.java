package org.bitloom.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** PNG files whose chunks are wrong, missing or in the wrong order, each refused for its reason. */
final class PngOrderTest {
  private static final byte[] TWO_COLOURS = Pictures.chunk("PLTE", 1, 2, 3, 4, 5, 6);
  private static final byte[] CLEAR = Pictures.chunk("tRNS", 0);
  private static final byte[] END = Pictures.chunk("IEND");

  @Test
  void aPixelOfAColourThatThePaletteLacksIsRefusedForEveryDepth() throws IOException {
    for (int bits : new int[] {1, 2, 4, 8}) {
      for (int colour = 1; colour < 1 << bits; colour++) {
        int[] samples = {0, colour};
        byte[] file =
            new PlainPng(2, 1, bits, PngHeader.PALETTE, false, samples)
                .file(Pictures.chunk("PLTE", new int[3 * colour]));
        ImageFile parsed = ImageFile.parse(file);
        assertThatThrownBy(() -> ImageDecoder.decode(parsed))
            .isInstanceOf(BadImageException.class)
            .hasMessage("a pixel has colour " + colour + " of a palette of " + colour);
      }
    }
  }

  @Test
  void transparencyBesideAlphaIsRefusedForThatReason() {
    byte[] pixels = pixels(0, 9, 9);
    refused("alpha for every pixel", header(8, 4), Pictures.chunk("tRNS", 0, 1), pixels, END);
    byte[] colours = Pictures.chunk("tRNS", 0, 1, 0, 1, 0, 1);
    refused("alpha for every pixel", header(8, 6), colours, pixels(0, 9, 9, 9, 9), END);
  }

  @Test
  void chunksInTheWrongOrderAreRefused() {
    byte[] pixels = pixels(0, 0);
    refused("no palette before its pixels", header(8, 3), pixels, END);
    refused("after the image data", header(8, 3), pixels, TWO_COLOURS, END);
    refused("tRNS at byte 33 before the palette", header(8, 3), CLEAR, TWO_COLOURS, pixels, END);
    refused("after the image data", header(8, 3), TWO_COLOURS, pixels, CLEAR, END);
    byte[] text = Pictures.chunk("tEXt", 1, 2);
    refused(", after a chunk tEXt", header(8, 0), pixels, text, pixels, END);
  }

  @Test
  void chunksThatComeTwiceAreRefused() {
    byte[] pixels = pixels(0, 0);
    refused("second chunk PLTE", header(8, 3), TWO_COLOURS, TWO_COLOURS, pixels, END);
    refused("second chunk tRNS", header(8, 3), TWO_COLOURS, CLEAR, CLEAR, pixels, END);
    refused("chunk IHDR", header(8, 0), header(8, 0), pixels, END);
  }

  @Test
  void chunksOfAWrongLengthAreRefused() {
    byte[] pixels = pixels(0, 0);
    refused("palette of 0 bytes", header(8, 3), Pictures.chunk("PLTE"), pixels, END);
    refused("palette of 4 bytes", header(8, 3), Pictures.chunk("PLTE", 1, 2, 3, 4), pixels, END);
    byte[] nine = Pictures.chunk("PLTE", new int[9]);
    refused("palette of 9 bytes, must be 1..2 colours", header(1, 3), nine, pixels, END);
    byte[] long1 = Pictures.chunk("tRNS", 0, 0, 0);
    refused("tRNS at byte 51 is 3 bytes", header(8, 3), TWO_COLOURS, long1, pixels, END);
    refused("tRNS at byte 33 is 1 bytes", header(8, 0), CLEAR, pixels, END);
    refused("tRNS at byte 33 is 3 bytes", header(8, 2), long1, pixels(0, 1, 2, 3), END);
  }

  @Test
  void aPaletteOfAGreyImageIsRefusedAndOneBesideColoursIsOnlyAHint() throws IOException {
    refused("PLTE at byte 33 in a grey image", header(8, 0), TWO_COLOURS, pixels(0, 0), END);
    byte[] colours = file(header(8, 2), TWO_COLOURS, pixels(0, 7, 8, 9), END);
    assertThat(ImageDecoder.decode(ImageFile.parse(colours))).containsExactly(7, 8, 9);
  }

  @Test
  void kindsThatTheRulesDoNotKnowAreRefused() {
    List<String> known =
        List.of(
            "1 0", "2 0", "4 0", "8 0", "16 0", "8 2", "16 2", "1 3", "2 3", "4 3", "8 3", "8 4",
            "16 4", "8 6", "16 6");
    for (int bits = 0; bits < 40; bits++) {
      for (int type = 0; type < 9; type++) {
        if (!known.contains(bits + " " + type)) {
          refused(bits + " bits per sample of colour type " + type, header(bits, type), END);
        }
      }
    }
    for (int at = 10; at < 13; at++) {
      int[] data = {0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0};
      data[at] = 2;
      refused("byte " + at + " of its header is 2", Pictures.chunk("IHDR", data), END);
    }
  }

  /** A few bytes that claim a large image must not cost its memory. */
  @Test
  void moreImageThanTheDataCanHoldIsRefusedBeforeDecoding() throws IOException {
    byte[] claim = Pictures.chunk("IHDR", 0, 0, 0x60, 0, 0, 0, 0x60, 0, 8, 2, 0, 0, 0);
    ImageFile file = ImageFile.parse(file(claim, pixels(0, 1, 2, 3), END));
    assertThat(file.leastBytes()).isGreaterThan(1 << 20);
    assertThatThrownBy(() -> ImageDecoder.decode(file)).hasMessage("image data end too early");
  }

  private static byte[] header(int bits, int type) {
    return Pictures.chunk("IHDR", 0, 0, 0, 1, 0, 0, 0, 1, bits, type, 0, 0, 0);
  }

  private static byte[] pixels(int... row) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(Pictures.bytes(row));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int[] data = new int[packed.size()];
    Arrays.setAll(data, i -> packed.toByteArray()[i]);
    return Pictures.chunk("IDAT", data);
  }

  private static byte[] file(byte[]... chunks) {
    List<byte[]> all = new ArrayList<>(List.of(chunks));
    all.add(0, Pictures.PNG_SIGNATURE);
    return all.stream().reduce(new byte[0], PngRulesTest::join);
  }

  private static void refused(String reason, byte[]... chunks) {
    assertThatThrownBy(() -> ImageFile.parse(file(chunks)))
        .isInstanceOf(BadImageException.class)
        .hasMessageContaining(reason);
  }
}
