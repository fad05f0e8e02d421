package org.bitloom.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Small files of the formats beside PNG and JPEG. */
final class OtherFormats {
  private OtherFormats() {}

  /** Returns a TIFF file packed in one of the ways of the JDK, or not if that is null. */
  static byte[] tiff(BufferedImage image, String packing) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    if (packing != null) {
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionType(packing);
    }
    return write(writer, how, image);
  }

  /** Returns a file of several images. */
  static byte[] sequence(String format, BufferedImage... images) throws IOException {
    return write(ImageIO.getImageWritersByFormatName(format).next(), null, images);
  }

  private static byte[] write(ImageWriter writer, ImageWriteParam how, BufferedImage... images)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      if (images.length == 1) {
        writer.write(null, new IIOImage(images[0], null, null), how);
      } else {
        writer.prepareWriteSequence(null);
        for (BufferedImage image : images) {
          writer.writeToSequence(new IIOImage(image, null, null), how);
        }
        writer.endWriteSequence();
      }
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Returns a file of every format, kind of pixels and packing. */
  static List<byte[]> all() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB,
          BufferedImage.TYPE_BYTE_GRAY,
          BufferedImage.TYPE_BYTE_INDEXED,
          BufferedImage.TYPE_BYTE_BINARY
        }) {
      BufferedImage image = Pictures.noise(type, 9, 5, "formats");
      files.add(Pictures.file(image, "bmp"));
      files.add(Pictures.file(image, "gif"));
      for (String packing : new String[] {null, "LZW", "Deflate", "ZLib", "PackBits"}) {
        files.add(tiff(image, packing));
      }
    }
    files.add(tiff(Pictures.noise(BufferedImage.TYPE_USHORT_GRAY, 9, 5, "formats"), "LZW"));
    files.add(PlainWebp.file(3, 2, 0xff102030, 99, true, false, false, true, true, false));
    return files;
  }
}
