package org.bitloom.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

final class ImageDecoderTest {
  private static final byte[] NO_EXTRA = {};
  private static final int GREY = 0;
  private static final int COLOUR = 2;
  private static final int PALETTE = 3;
  private static final int GREY_ALPHA = 4;
  private static final int COLOUR_ALPHA = 6;

  @Test
  void channelsComeOneAfterTheOtherAndRowsFromTheTop() throws IOException {
    byte[] file = png(2, 8, COLOUR, NO_EXTRA, 0, 1, 2, 3, 4, 5, 6, 0, 7, 8, 9, 10, 11, 12);
    assertThat(decode(file)).containsExactly(1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12);
  }

  @Test
  void whatIsTransparentIsLaidOnWhite() throws IOException {
    byte[] colour = png(1, 8, COLOUR_ALPHA, NO_EXTRA, 0, 10, 20, 30, 0, 0, 10, 20, 30, 51);
    assertThat(decode(colour)).isEqualTo(Pictures.bytes(255, 206, 255, 208, 255, 210));
    byte[] grey = png(2, 8, GREY_ALPHA, NO_EXTRA, 0, 10, 255, 10, 0, 0, 0, 128, 255, 7);
    assertThat(decode(grey)).isEqualTo(Pictures.bytes(10, 255, 127, 255));
  }

  @Test
  void aColourNamedAsTransparentIsLaidOnWhite() throws IOException {
    byte[] grey = png(2, 8, GREY, Pictures.chunk("tRNS", 0, 7), 0, 7, 8, 0, 9, 7);
    assertThat(decode(grey)).isEqualTo(Pictures.bytes(255, 8, 9, 255));
  }

  @Test
  void sixteenBitsAreRoundedToEight() throws IOException {
    byte[] grey = png(2, 16, GREY, NO_EXTRA, 0, 0, 127, 0, 129, 0, 255, 255, 128, 0);
    assertThat(decode(grey)).isEqualTo(Pictures.bytes(0, 1, 255, 128));
    byte[] half = png(1, 16, GREY_ALPHA, NO_EXTRA, 0, 0, 0, 128, 0, 0, 0, 0, 255, 255);
    assertThat(decode(half)).isEqualTo(Pictures.bytes(127, 0));
  }

  @Test
  void fewBitsOfGreyReachFromBlackToWhite() throws IOException {
    byte[] grey = png(4, 2, GREY, NO_EXTRA, 0, 0b00_01_10_11, 0, 0b11_10_01_00);
    assertThat(decode(grey)).isEqualTo(Pictures.bytes(0, 85, 170, 255, 255, 170, 85, 0));
  }

  @Test
  void aPaletteIsLookedUpAndIsGreyIfAllItsColoursAre() throws IOException {
    byte[] colours = Pictures.chunk("PLTE", 1, 2, 3, 4, 5, 6);
    assertThat(decode(png(1, 8, PALETTE, colours, 0, 0, 0, 1))).containsExactly(1, 4, 2, 5, 3, 6);
    byte[] greys = Pictures.chunk("PLTE", 9, 9, 9, 200, 200, 200);
    assertThat(decode(png(1, 8, PALETTE, greys, 0, 0, 0, 1))).isEqualTo(Pictures.bytes(9, 200));
  }

  @Test
  void jpegsAreReadAsTheJdkReadsThem() throws IOException {
    byte[] file = Pictures.jpeg("usual");
    BufferedImage expected = ImageIO.read(new ByteArrayInputStream(file));
    byte[] planes = decode(file);
    for (int i = 0; i < 256; i++) {
      int rgb =
          ((planes[i] & 0xff) << 16) | ((planes[256 + i] & 0xff) << 8) | (planes[512 + i] & 0xff);
      assertThat(rgb).isEqualTo(expected.getRGB(i % 16, i / 16) & 0xffffff);
    }
  }

  @Test
  void progressiveJpegsAreReadToo() throws IOException {
    BufferedImage image = Pictures.noise(BufferedImage.TYPE_INT_RGB, 16, 16, "progressive");
    byte[] usual = write(image, ImageWriteParam.MODE_DISABLED, false);
    byte[] progressive = write(image, ImageWriteParam.MODE_DEFAULT, false);
    assertThat(progressive).isNotEqualTo(usual);
    assertThat(decode(progressive)).isEqualTo(decode(usual));
  }

  @Test
  void aColourProfileIsNotApplied() throws IOException {
    byte[] file = Pictures.jpeg("profile");
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] data = new byte[14 + profile.length];
    System.arraycopy("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII), 0, data, 0, 14);
    System.arraycopy(profile, 0, data, 14, profile.length);
    byte[] profiled = Pictures.withSegment(file, 0xe2, data);
    assertThat(decode(profiled)).isEqualTo(decode(file));
  }

  /** The JDK would take such a file for RGB; the common library and all it serves read YCbCr. */
  @Test
  void aJpegThatDoesNotSayHowColoursAreCodedIsYcbcr() throws IOException {
    BufferedImage image = Pictures.noise(BufferedImage.TYPE_INT_RGB, 16, 16, "silent");
    byte[] full = write(image, ImageWriteParam.MODE_DISABLED, true);
    byte[] silent = Pictures.withoutFirstSegment(full);
    assertThat(decode(silent)).isEqualTo(decode(full));
    assertThat(decode(named(silent, 0, 1, 2))).isEqualTo(decode(full));
  }

  @Test
  void aJpegWhoseComponentsAreNamedRgbIsRgb() throws IOException {
    BufferedImage image = Pictures.noise(BufferedImage.TYPE_INT_RGB, 16, 16, "named");
    byte[] full = write(image, ImageWriteParam.MODE_DISABLED, true);
    byte[] rgb = named(Pictures.withoutFirstSegment(full), 'R', 'G', 'B');
    byte[] adobe = "Adobe\0\144\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);
    assertThat(decode(rgb)).isEqualTo(decode(Pictures.withSegment(rgb, 0xee, adobe)));
    assertThat(decode(rgb)).isNotEqualTo(decode(full));
  }

  /** Changes the names of the components in the headers of frame and scan. */
  private static byte[] named(byte[] jpeg, int... names) {
    byte[] named = jpeg.clone();
    for (int at = 0; at < named.length - 12; at++) {
      int mark = ((named[at] & 0xff) << 8) | (named[at + 1] & 0xff);
      for (int c = 0; c < 3 && mark == 0xffc0; c++) {
        named[at + 10 + 3 * c] = (byte) names[c];
      }
      for (int c = 0; c < 3 && mark == 0xffda; c++) {
        named[at + 5 + 2 * c] = (byte) names[c];
      }
    }
    return named;
  }

  @Test
  void aJpegThatSaysRgbIsRgb() throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(0, 8, 8, 3, null);
    for (int i = 0; i < 64; i++) {
      raster.setPixel(i % 8, i / 8, new int[] {200, 100, 50});
    }
    byte[] adobe = "Adobe\0\144\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);
    byte[] planes = decode(Pictures.withSegment(Pictures.jpegOfRaster(raster), 0xee, adobe));
    assertThat(planes[0] & 0xff).isBetween(196, 204);
    assertThat(planes[64] & 0xff).isBetween(96, 104);
    assertThat(planes[128] & 0xff).isBetween(46, 54);
  }

  private static byte[] decode(byte[] file) throws IOException {
    return ImageDecoder.decode(ImageFile.parse(file));
  }

  private static byte[] png(int width, int bits, int colours, byte[] extra, int... rows)
      throws IOException {
    return Pictures.png(new int[] {width, 2, bits, colours}, extra, rows);
  }

  /**
   * Writes a JPEG.
   *
   * @param progressive {@link ImageWriteParam#MODE_DEFAULT} or {@code MODE_DISABLED}
   * @param full whether all components have all samples; else two of three have a quarter
   */
  private static byte[] write(BufferedImage image, int progressive, boolean full)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setProgressiveMode(progressive);
    IIOMetadata facts = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), how);
    if (full) {
      Node root = facts.getAsTree("javax_imageio_jpeg_image_1.0");
      setSampling(root);
      facts.setFromTree("javax_imageio_jpeg_image_1.0", root);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, facts), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static void setSampling(Node node) {
    if (node.getNodeName().equals("componentSpec")) {
      node.getAttributes().getNamedItem("HsamplingFactor").setNodeValue("1");
      node.getAttributes().getNamedItem("VsamplingFactor").setNodeValue("1");
    }
    NodeList children = node.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      setSampling(children.item(i));
    }
  }
}
