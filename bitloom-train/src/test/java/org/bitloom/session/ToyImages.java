package org.bitloom.session;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.bitloom.data.DataSet;
import org.bitloom.data.ImageSet;

/**
 * Draws a small learnable set: each class is a random picture, each image its picture plus noise.
 *
 * @param train images to train on
 * @param test images to measure on
 * @param side height and width in pixels
 * @param classes number of pictures
 */
public record ToyImages(int train, int test, int side, int classes) {
  /** A run of a few epochs over it takes about a second. */
  public static final ToyImages SMALL = new ToyImages(600, 200, 12, 4);

  private static final int NOISE = 100;

  /** Writes the four idx files into a folder, made if need be, and returns the folder. */
  public Path write(Path folder) throws IOException {
    DataSet data = data();
    Files.createDirectories(folder);
    write(folder, "train", data.train());
    write(folder, "t10k", data.test());
    return folder;
  }

  private static void write(Path folder, String part, ImageSet images) throws IOException {
    int[] sizes = {images.count(), images.height(), images.width()};
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), idx(images.pixels(), sizes));
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), idx(images.labels(), images.count()));
  }

  /** Writes the two idx files of the test part, gzipped. */
  public void writeGzippedTestPart(Path folder) throws IOException {
    ImageSet images = data().test();
    byte[] pixels = idx(images.pixels(), images.count(), images.height(), images.width());
    gzip(folder.resolve("t10k-images-idx3-ubyte.gz"), pixels);
    gzip(folder.resolve("t10k-labels-idx1-ubyte.gz"), idx(images.labels(), images.count()));
  }

  private static void gzip(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    }
  }

  private static byte[] idx(byte[] values, int... sizes) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + values.length);
    file.putInt(0x0800 | sizes.length);
    for (int size : sizes) {
      file.putInt(size);
    }
    return file.put(values).array();
  }

  /** Returns the set; the same at every call. */
  public DataSet data() {
    SplittableRandom random = new SplittableRandom(12);
    int[][] pictures = new int[classes][side * side];
    for (int[] picture : pictures) {
      for (int i = 0; i < picture.length; i++) {
        picture[i] = random.nextInt(256 - NOISE);
      }
    }
    ImageSet first = draw(train, pictures, random);
    return new DataSet(
        "toy",
        first,
        draw(test, pictures, random),
        DataSet.numbered(first.classes()),
        "0".repeat(64));
  }

  private ImageSet draw(int count, int[][] pictures, SplittableRandom random) {
    byte[] pixels = new byte[count * side * side];
    byte[] labels = new byte[count];
    for (int sample = 0; sample < count; sample++) {
      int label = sample % classes;
      labels[sample] = (byte) label;
      for (int i = 0; i < side * side; i++) {
        int pixel = pictures[label][i] + random.nextInt(NOISE);
        pixels[sample * side * side + i] = (byte) pixel;
      }
    }
    return new ImageSet(pixels, labels, 1, side, side, classes);
  }
}
