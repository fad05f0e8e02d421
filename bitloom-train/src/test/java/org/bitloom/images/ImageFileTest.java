package org.bitloom.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ImageFileTest {
  private static final byte[] NO_EXTRA = {};

  @Test
  void sizeAndChannelsAreReadFromTheBytesWhateverTheNameSays() throws IOException {
    ImageFile png = ImageFile.parse(Pictures.png("colour"));
    assertThat(png.format()).isEqualTo("png");
    assertThat(png.width()).isEqualTo(4);
    assertThat(png.height()).isEqualTo(3);
    assertThat(png.channels()).isEqualTo(3);
    BufferedImage grey = Pictures.noise(BufferedImage.TYPE_BYTE_GRAY, 20, 10, "grey");
    ImageFile jpeg = ImageFile.parse(Pictures.file(grey, "jpeg"));
    assertThat(jpeg.format()).isEqualTo("jpeg");
    assertThat(jpeg.width()).isEqualTo(20);
    assertThat(jpeg.height()).isEqualTo(10);
    assertThat(jpeg.channels()).isEqualTo(1);
  }

  @Test
  void everyTruncationOfAPngIsRefused() {
    everyTruncationIsRefused(Pictures.png("cut"));
  }

  @Test
  void everyTruncationOfAJpegIsRefused() {
    everyTruncationIsRefused(Pictures.jpeg("cut"));
  }

  private static void everyTruncationIsRefused(byte[] whole) {
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ImageFile.parse(cut))
          .as("first %d of %d bytes", length, whole.length)
          .isInstanceOf(BadImageException.class);
    }
  }

  @Test
  void everyFlippedBitOfAPngIsRefused() {
    byte[] whole = Pictures.png("flip");
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> ImageFile.parse(flipped))
          .as("bit %d", bit)
          .isInstanceOf(BadImageException.class);
    }
  }

  /** A JPEG has no checksum, so damage may pass; but nothing else than a refusal may come of it. */
  @Test
  void damageOfAJpegIsRefusedOrReadButNeverFailsOtherwise() {
    byte[] whole = Pictures.jpeg("damage");
    int refused = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) 0xff;
      try {
        assertThat(ImageDecoder.decode(ImageFile.parse(damaged))).isNotEmpty();
      } catch (BadImageException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void damageBesideThePixelsDoesNoHarm() throws IOException {
    byte[] jpeg = Pictures.jpeg("pixels");
    byte[] expected = ImageDecoder.decode(ImageFile.parse(jpeg));
    byte[] odd = jpeg;
    odd = Pictures.withSegment(odd, 0xfe, "a comment".getBytes(StandardCharsets.US_ASCII));
    odd =
        Pictures.withSegment(
            odd, 0xe2, "ICC_PROFILE\0nonsense".getBytes(StandardCharsets.US_ASCII));
    odd = Pictures.withSegment(odd, 0xe1, "Exif\0\0nonsense".getBytes(StandardCharsets.US_ASCII));
    odd = Arrays.copyOf(odd, odd.length + 7);
    assertThat(ImageDecoder.decode(ImageFile.parse(odd))).isEqualTo(expected);
    byte[] text = Pictures.chunk("tEXt", 1, 2, 3);
    text[9] ^= 1;
    byte[] png = Pictures.png(new int[] {1, 2, 8, 0}, text, 0, 7, 0, 8);
    assertThat(ImageDecoder.decode(ImageFile.parse(png))).containsExactly(7, 8);
  }

  @Test
  void anEmptyFileAndATextAreNamedAsSuch() {
    assertThatThrownBy(() -> ImageFile.parse(new byte[0])).hasMessage("empty file");
    byte[] text = "this is no picture".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> ImageFile.parse(text))
        .hasMessage("not PNG, JPEG, WebP, BMP, GIF or TIFF");
  }

  @Test
  void coloursForPrintingAreRefusedByName() throws IOException {
    byte[] cmyk = Pictures.jpegOfRaster(Raster.createInterleavedRaster(0, 8, 8, 4, null));
    assertThatThrownBy(() -> ImageFile.parse(cmyk))
        .isInstanceOf(BadImageException.class)
        .hasMessage("colours are CMYK, must be RGB or grey");
  }

  @Test
  void aPngOfAnotherKindIsRefusedByTheNameOfItsChunk() throws IOException {
    byte[] crushed = Pictures.png(new int[] {1, 2, 8, 0}, Pictures.chunk("CgBI", 1), 0, 7, 0, 8);
    assertThatThrownBy(() -> ImageFile.parse(crushed))
        .hasMessage("unknown kind of PNG, with a chunk CgBI");
  }

  @Test
  void aClaimedSizeIsRefusedBeforeAnythingIsAllocated() {
    byte[] header = Pictures.chunk("IHDR", 0, 1, 0, 0, 0, 1, 0, 0, 8, 2, 0, 0, 0);
    byte[] file =
        join(Pictures.PNG_SIGNATURE, header, Pictures.chunk("IDAT"), Pictures.chunk("IEND"));
    assertThatThrownBy(() -> ImageFile.parse(file))
        .isInstanceOf(BadImageException.class)
        .hasMessageStartingWith("65536x65536 pixels");
  }

  @Test
  void aPngWithoutHeaderOrDataIsRefused() {
    byte[] headless = join(Pictures.PNG_SIGNATURE, Pictures.chunk("IDAT"), Pictures.chunk("IEND"));
    assertThatThrownBy(() -> ImageFile.parse(headless)).hasMessage("damaged: chunk IDAT at byte 8");
    byte[] header = Pictures.chunk("IHDR", 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0);
    byte[] empty = join(Pictures.PNG_SIGNATURE, header, Pictures.chunk("IEND"));
    assertThatThrownBy(() -> ImageFile.parse(empty)).hasMessage("no image data before its end");
  }

  @Test
  void pixelsThatEndTooEarlyAreRefusedByTheDecoder() throws IOException {
    ImageFile shortFile = ImageFile.parse(Pictures.png(new int[] {2, 2, 8, 0}, NO_EXTRA, 0, 7));
    assertThatThrownBy(() -> ImageDecoder.decode(shortFile))
        .isInstanceOf(BadImageException.class)
        .hasMessage("image data end too early");
  }

  /** Removes coded data from the middle: the structure is whole, but libjpeg has to guess. */
  @Test
  void aJpegThatMissesCodedDataIsRefusedAlthoughTheDecoderReturnsAPicture() throws IOException {
    byte[] whole = Pictures.jpeg("missing");
    byte[] cut = Arrays.copyOf(whole, whole.length - 40);
    cut[cut.length - 3] = 0;
    cut[cut.length - 2] = (byte) 0xff;
    cut[cut.length - 1] = (byte) 0xd9;
    ImageFile file = ImageFile.parse(cut);
    assertThatThrownBy(() -> ImageDecoder.decode(file))
        .isInstanceOf(BadImageException.class)
        .hasMessageStartingWith("Corrupt JPEG data");
    assertThatCode(() -> ImageDecoder.decode(ImageFile.parse(whole))).doesNotThrowAnyException();
  }

  private static byte[] join(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] whole = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }
}
