package org.bitloom.images;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bitloom.testkit.Seeds;

/** Makes small image files, some of them odd or broken. */
public final class Pictures {
  static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private Pictures() {}

  /** Returns a picture of random colours, the same for the same name. */
  static BufferedImage noise(int type, int width, int height, String name) {
    SplittableRandom random = Seeds.random(name);
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return image;
  }

  /** Returns a 4x3 picture of random colours as a PNG file. */
  public static byte[] png(String name) {
    return file(noise(BufferedImage.TYPE_INT_RGB, 4, 3, name), "png");
  }

  /** Returns a 16x16 picture of random colours as a JPEG file. */
  public static byte[] jpeg(String name) {
    return file(noise(BufferedImage.TYPE_INT_RGB, 16, 16, name), "jpeg");
  }

  static byte[] file(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes values as they are, without saying what colours they stand for. */
  static byte[] jpegOfRaster(WritableRaster raster) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(new IIOImage(raster, null, null));
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Puts a segment at the beginning of a JPEG file. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
    return ByteBuffer.allocate(jpeg.length + 4 + data.length)
        .put(jpeg, 0, 2)
        .put((byte) 0xff)
        .put((byte) marker)
        .putShort((short) (data.length + 2))
        .put(data)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** Removes the first segment of a JPEG file, which says JFIF in those of the JDK. */
  static byte[] withoutFirstSegment(byte[] jpeg) {
    int skipped = 2 + (((jpeg[4] & 0xff) << 8) | (jpeg[5] & 0xff));
    return ByteBuffer.allocate(jpeg.length - skipped)
        .put(jpeg, 0, 2)
        .put(jpeg, 2 + skipped, jpeg.length - 2 - skipped)
        .array();
  }

  /**
   * Builds a PNG file.
   *
   * @param form width, height, bits per sample, colour type; each below 128
   * @param extra chunks before the image data, see {@link #chunk}
   * @param rows the bytes of the rows, each after a 0 for no filter
   */
  static byte[] png(int[] form, byte[] extra, int... rows) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(bytes(rows));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(PNG_SIGNATURE);
    file.write(chunk("IHDR", 0, 0, 0, form[0], 0, 0, 0, form[1], form[2], form[3], 0, 0, 0));
    file.write(extra);
    file.write(chunk("IDAT", ints(packed.toByteArray())));
    file.write(chunk("IEND"));
    return file.toByteArray();
  }

  /** Builds a PNG chunk with its length and its CRC. */
  static byte[] chunk(String type, int... data) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length);
    chunk.putInt(data.length).put(type.getBytes(StandardCharsets.ISO_8859_1)).put(bytes(data));
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, 4 + data.length);
    return chunk.putInt((int) crc.getValue()).array();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static int[] ints(byte[] values) {
    int[] ints = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      ints[i] = values[i];
    }
    return ints;
  }
}
