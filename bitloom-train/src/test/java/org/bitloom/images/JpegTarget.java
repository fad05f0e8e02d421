package org.bitloom.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bitloom.testkit.fuzz.FuzzTarget;

/** JPEG files, from their bytes to their pixels. */
final class JpegTarget implements FuzzTarget {
  @Override
  public List<byte[]> seeds() throws IOException {
    BufferedImage colour = Pictures.noise(BufferedImage.TYPE_INT_RGB, 17, 9, "fuzz");
    BufferedImage grey = Pictures.noise(BufferedImage.TYPE_BYTE_GRAY, 9, 9, "fuzz");
    byte[] plain = Pictures.file(colour, "jpeg");
    byte[] commented = Pictures.withSegment(plain, 0xfe, new byte[20]);
    return List.of(plain, commented, Pictures.file(grey, "jpeg"), progressive(colour));
  }

  private static byte[] progressive(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  @Override
  public boolean read(byte[] input) {
    return DecodedImage.isRead(input);
  }

  @Override
  public List<byte[]> words() {
    return List.of(
        new byte[] {(byte) 0xff, (byte) 0xc0},
        new byte[] {(byte) 0xff, (byte) 0xc2},
        new byte[] {(byte) 0xff, (byte) 0xc4, 0, 20},
        new byte[] {(byte) 0xff, (byte) 0xda, 0, 8},
        new byte[] {(byte) 0xff, (byte) 0xdd, 0, 4, 0, 1},
        new byte[] {
          (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 2
        },
        new byte[] {(byte) 0xff, (byte) 0xd9});
  }
}
