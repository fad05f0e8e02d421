package org.bitloom.images;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.testkit.fuzz.FuzzTarget;
import org.bitloom.testkit.fuzz.Mutator;
import org.bitloom.testkit.fuzz.PngVariant;

/** PNG files, from their bytes to their pixels. */
final class PngTarget implements FuzzTarget {
  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB,
          BufferedImage.TYPE_INT_ARGB,
          BufferedImage.TYPE_BYTE_GRAY,
          BufferedImage.TYPE_USHORT_GRAY,
          BufferedImage.TYPE_BYTE_INDEXED,
          BufferedImage.TYPE_BYTE_BINARY
        }) {
      seeds.add(Pictures.file(Pictures.noise(type, 9, 5, "fuzz"), "png"));
    }
    return seeds;
  }

  @Override
  public boolean read(byte[] input) {
    return DecodedImage.isRead(input);
  }

  @Override
  public byte[] vary(byte[] seed, Mutator mutator) {
    return PngVariant.vary(seed, mutator);
  }

  @Override
  public byte[] repair(byte[] input) {
    return PngVariant.repair(input);
  }
}
