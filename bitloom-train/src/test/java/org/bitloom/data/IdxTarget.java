package org.bitloom.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.bitloom.error.FailureException;
import org.bitloom.testkit.fuzz.FuzzTarget;

/** Idx files of images and of labels, plain and gzipped. */
final class IdxTarget implements FuzzTarget {
  @Override
  public List<byte[]> seeds() {
    byte[] images = IdxBytes.of(new int[] {5, 4, 3}, new byte[60]);
    byte[] labels = IdxBytes.of(new int[] {9}, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8});
    byte[] wide = ByteBuffer.allocate(12 + 2 * 32).putInt(0x0C02).putInt(2).putInt(8).array();
    return List.of(images, labels, wide, IdxBytes.gzip(images), IdxBytes.gzip(labels));
  }

  @Override
  public boolean read(byte[] input) throws IOException {
    DataFile file = new DataFile("fuzz", () -> new ByteArrayInputStream(input));
    boolean images = isRead(file, 3);
    boolean labels = isRead(file, 1);
    return images || labels;
  }

  private static boolean isRead(DataFile file, int dimensions) throws IOException {
    try {
      IdxFile read = IdxFile.read(file, dimensions);
      long product = 1;
      for (int size : read.sizes()) {
        product *= size;
      }
      if (product != read.values().length) {
        throw new AssertionError("values must be as many as the sizes say");
      }
      return true;
    } catch (FailureException e) {
      return false;
    }
  }
}
