package org.bitloom.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes small idx files. */
public final class IdxBytes {
  private IdxBytes() {}

  /** Builds an idx file of unsigned bytes. */
  static byte[] of(int[] sizes, byte[] values) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + values.length);
    file.putInt(0x0800 | sizes.length);
    for (int size : sizes) {
      file.putInt(size);
    }
    return file.put(values).array();
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** Writes a set of 2x3 images: four to train on with labels 0 1 2 1, two to test on. */
  static void writeSmallSet(Path folder) throws IOException {
    Files.createDirectories(folder);
    byte[] pixels = new byte[24];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (10 * i);
    }
    Files.write(folder.resolve("train-images-idx3-ubyte"), of(new int[] {4, 2, 3}, pixels));
    Files.write(
        folder.resolve("train-labels-idx1-ubyte"), of(new int[] {4}, new byte[] {0, 1, 2, 1}));
    Files.write(
        folder.resolve("t10k-images-idx3-ubyte.gz"), gzip(of(new int[] {2, 2, 3}, new byte[12])));
    Files.write(
        folder.resolve("t10k-labels-idx1-ubyte.gz"), gzip(of(new int[] {2}, new byte[] {2, 0})));
  }
}
