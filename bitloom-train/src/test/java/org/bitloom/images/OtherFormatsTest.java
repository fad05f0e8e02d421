package org.bitloom.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitloom.images.choice.Preparation;
import org.bitloom.images.choice.SampleRange;
import org.bitloom.images.packed.TiffEssence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OtherFormatsTest {
  @TempDir private Path place;

  private static byte[] decode(byte[] bytes) throws BadImageException {
    return ImageDecoder.decode(ImageFile.parse(bytes));
  }

  private static byte[] planes(BufferedImage image, int channels) {
    int plane = image.getWidth() * image.getHeight();
    byte[] planes = new byte[channels * plane];
    for (int i = 0; i < plane; i++) {
      int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      for (int c = 0; c < channels; c++) {
        planes[c * plane + i] = (byte) (rgb >> (16 - 8 * c));
      }
    }
    return planes;
  }

  private static void keepsPixels(byte[] file, BufferedImage image) throws BadImageException {
    int channels = ImageFile.parse(file).channels();
    assertThat(decode(file)).isEqualTo(planes(image, channels));
  }

  @Test
  void pixelsOfABmpAreThoseThatWereWritten() throws IOException {
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB,
          BufferedImage.TYPE_BYTE_INDEXED,
          BufferedImage.TYPE_BYTE_BINARY,
          BufferedImage.TYPE_USHORT_555_RGB
        }) {
      BufferedImage image = Pictures.noise(type, 9, 5, "bmp");
      keepsPixels(Pictures.file(image, "bmp"), image);
    }
  }

  @Test
  void pixelsOfAGifAreThoseThatWereWritten() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_INDEXED, BufferedImage.TYPE_BYTE_BINARY}) {
      BufferedImage image = Pictures.noise(type, 90, 50, "gif");
      keepsPixels(Pictures.file(image, "gif"), image);
    }
  }

  @Test
  void pixelsOfATiffAreThoseThatWereWrittenInEveryPacking() throws IOException {
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB,
          BufferedImage.TYPE_BYTE_INDEXED,
          BufferedImage.TYPE_BYTE_BINARY
        }) {
      BufferedImage image = Pictures.noise(type, 90, 50, "tiff");
      for (String packing : new String[] {null, "LZW", "Deflate", "ZLib", "PackBits"}) {
        keepsPixels(OtherFormats.tiff(image, packing), image);
      }
    }
  }

  @Test
  void greyIsOneChannelWithTheValuesOfTheFile() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 2, 1, new int[] {7, 200});
    for (String format : List.of("bmp", "tiff")) {
      assertThat(decode(Pictures.file(image, format))).as(format).containsExactly(7, 200);
    }
  }

  @Test
  void pixelsOfALosslessWebpAreThoseOfItsBits() throws IOException {
    byte[] file = PlainWebp.file(2, 1, 0xff102030, 99, true, false);
    assertThat(decode(file)).containsExactly(0x10, 0x10, 99, 0x20, 0x30, 0x30);
  }

  @Test
  void whatIsTransparentIsWhite() throws IOException {
    assertThat(decode(PlainWebp.file(1, 1, 0x00102030, 99, true))).containsExactly(-1, -1, -1);
    BufferedImage clear = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    for (String format : List.of("gif", "tiff")) {
      assertThat(decode(Pictures.file(clear, format))).as(format).containsOnly(-1);
    }
    BufferedImage half = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    half.setRGB(0, 0, 0x80_00_00_00);
    assertThat(decode(Pictures.file(half, "tiff"))).containsExactly(127, 127, 127);
  }

  @Test
  void aRangeOfSixteenBitsIsTakenOfATiff() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 4095, 65_535});
    byte[] file = Pictures.file(image, "tiff");
    Preparation range = new Preparation(Optional.empty(), Optional.of(new SampleRange(0, 4095)));
    assertThat(decode(file)).containsExactly(0, 16, -1);
    assertThat(ImageDecoder.decode(ImageFile.parse(file), range, new SixteenBits.Gathered()))
        .containsExactly(0, -1, -1);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    for (byte[] whole : OtherFormats.all()) {
      byte[] expected = decode(whole);
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        try {
          // what lies behind the last pixel may be missing, such as padding
          assertThat(decode(cut)).as("first %d of %d", length, whole.length).isEqualTo(expected);
          assertThat(length).isGreaterThanOrEqualTo(whole.length - 4);
        } catch (BadImageException e) {
          assertThat(e.getMessage()).isNotBlank();
        }
      }
    }
  }

  @Test
  void aClaimedSizeThatTheBytesCannotHoldIsRefusedBeforeDecoding() throws IOException {
    BufferedImage image = Pictures.noise(BufferedImage.TYPE_BYTE_INDEXED, 9, 5, "claim");
    byte[] bmp = Pictures.file(image, "bmp");
    bmp[20] = 100;
    assertThatThrownBy(() -> ImageFile.parse(bmp)).hasMessage("truncated BMP");
    byte[] gif = Pictures.file(image, "gif");
    gif[7] = 100;
    assertThatThrownBy(() -> ImageFile.parse(gif)).hasMessageContaining("part of its screen");
    ImageFile webp = ImageFile.parse(PlainWebp.file(16_384, 16_384, -1, 99, true));
    assertThatThrownBy(() -> ImageDecoder.decode(webp)).hasMessage("image data end too early");
  }

  /** Returns a TIFF file of unpacked bytes. */
  private static byte[] tiff(int width, int height, Map<Integer, long[]> more, byte[] piece) {
    Map<Integer, long[]> entries = new TreeMap<>(more);
    entries.put(256, new long[] {width});
    entries.put(257, new long[] {height});
    boolean tiled = entries.containsKey(322);
    return TiffEssence.write(ByteOrder.LITTLE_ENDIAN, entries, List.of(piece), tiled);
  }

  private static long[] all(long... numbers) {
    return numbers;
  }

  @Test
  void aTiffOfFewBytesThatClaimsManyPixelsIsRefusedBeforeDecoding() {
    Map<Integer, long[]> grey = Map.of(258, all(8), 262, all(1));
    for (int packing : new int[] {1, 5, 8, 32_773}) {
      Map<Integer, long[]> packed = new TreeMap<>(grey);
      packed.put(259, all(packing));
      byte[] file = tiff(20_000, 20_000, packed, new byte[9]);
      assertThatThrownBy(() -> ImageFile.parse(file))
          .as("packing %d", packing)
          .isInstanceOf(BadImageException.class);
    }
  }

  @Test
  void greysOfATiffThatBeginWithWhiteAreTurned() throws IOException {
    byte[] file = tiff(2, 1, Map.of(258, all(8), 262, all(0)), new byte[] {0, 100});
    assertThat(decode(file)).containsExactly(-1, 155);
    byte[] bits = tiff(2, 1, Map.of(258, all(1), 262, all(0)), new byte[] {0x40});
    assertThat(decode(bits)).containsExactly(-1, 0);
  }

  @Test
  void coloursOfATiffThatAreMultipliedByTheirOpacityAreLaidOnWhite() throws IOException {
    Map<Integer, long[]> form = Map.of(258, all(8, 8, 8, 8), 262, all(2), 277, all(4), 338, all(1));
    byte[] file = tiff(1, 1, form, new byte[] {64, 0, 0, (byte) 128});
    assertThat(decode(file)).containsExactly(191, 127, 127);
  }

  @Test
  void tilesOfATiffMayReachBeyondTheImage() throws IOException {
    byte[] tile = new byte[16 * 16];
    tile[1] = 5;
    tile[16] = 7;
    Map<Integer, long[]> form = Map.of(258, all(8), 262, all(1), 322, all(16), 323, all(16));
    assertThat(decode(tiff(2, 2, form, tile))).containsExactly(0, 5, 7, 0);
  }

  @Test
  void samplesOfATiffThatAreNoPlainGreyOrColourAreRefused() {
    for (Map<Integer, long[]> form :
        List.of(
            Map.of(258, all(32), 262, all(1), 339, all(3)),
            Map.of(258, all(8), 262, all(1), 339, all(2)),
            Map.of(258, all(8, 8, 8, 8), 262, all(5), 277, all(4)),
            Map.of(258, all(8, 8), 262, all(1), 277, all(2)),
            Map.of(258, all(16), 262, all(0)))) {
      byte[] file = tiff(1, 1, form, new byte[8]);
      assertThatThrownBy(() -> ImageFile.parse(file)).isInstanceOf(BadImageException.class);
    }
  }

  @Test
  void severalImagesInAFileAreRefused() throws IOException {
    BufferedImage image = Pictures.noise(BufferedImage.TYPE_BYTE_INDEXED, 9, 5, "several");
    byte[] gif = OtherFormats.sequence("gif", image, image);
    assertThatThrownBy(() -> ImageFile.parse(gif)).hasMessageStartingWith("animated");
    byte[] tiff = OtherFormats.sequence("tiff", image, image);
    assertThatThrownBy(() -> ImageFile.parse(tiff)).hasMessageStartingWith("holds several images");
    byte[] webp =
        PlainWebp.riff(PlainWebp.chunk("VP8X", new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
    assertThatThrownBy(() -> ImageFile.parse(webp)).hasMessageStartingWith("animated");
  }

  @Test
  void aFolderMayMixAllFormats() throws IOException {
    PictureFolder folder = PictureFolder.in(place);
    BufferedImage image = Pictures.noise(BufferedImage.TYPE_INT_RGB, 4, 3, "mixed");
    folder.write("train/cat/b.BMP", Pictures.file(image, "bmp"));
    folder.write("train/cat/c.gif", Pictures.file(image, "gif"));
    folder.write("train/cat/d.tif", Pictures.file(image, "tiff"));
    folder.write("train/cat/e.tiff", Pictures.file(image, "tiff"));
    folder.write("train/cat/f.webp", PlainWebp.file(4, 3, -1, 0, new boolean[12]));
    assertThat(folder.read().train().names())
        .contains(
            "train/cat/b.BMP",
            "train/cat/c.gif",
            "train/cat/d.tif",
            "train/cat/e.tiff",
            "train/cat/f.webp");
  }
}
