package org.bitloom.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.bitloom.error.FailureException;
import org.bitloom.testkit.fuzz.FuzzTarget;

/** Idx files of images and of labels, plain and gzipped. */
final class IdxTarget implements FuzzTarget {
  @Override
  public List<byte[]> seeds() {
    byte[] images = IdxBytes.of(new int[] {5, 4, 3}, new byte[60]);
    byte[] labels = IdxBytes.of(new int[] {9}, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8});
    return List.of(images, labels, IdxBytes.gzip(images), IdxBytes.gzip(labels));
  }

  @Override
  public boolean read(byte[] input) throws IOException {
    boolean packed = input.length > 1 && input[0] == 0x1f && input[1] == (byte) 0x8b;
    DataFile file = new DataFile("fuzz", packed, () -> new ByteArrayInputStream(input));
    return isRead(file, 3) | isRead(file, 1);
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
