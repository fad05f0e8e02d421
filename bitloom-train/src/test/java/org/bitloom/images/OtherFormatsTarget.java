package org.bitloom.images;

import java.io.IOException;
import java.util.List;
import org.bitloom.testkit.fuzz.FuzzTarget;

/** WebP, BMP, GIF and TIFF files, from their bytes to their pixels. */
final class OtherFormatsTarget implements FuzzTarget {
  @Override
  public List<byte[]> seeds() throws IOException {
    return OtherFormats.all();
  }

  @Override
  public boolean read(byte[] input) {
    return DecodedImage.isRead(input);
  }
}
