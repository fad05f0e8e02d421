package org.bitloom.images;

import java.io.IOException;
import org.bitloom.testkit.fuzz.FuzzRound;
import org.junit.jupiter.api.Test;

class ImageFuzzTest {
  @Test
  void damagedPngFilesAreRefusedOrDecoded() throws IOException {
    FuzzRound.run(PngTarget.class);
  }

  @Test
  void damagedJpegFilesAreRefusedOrDecoded() throws IOException {
    FuzzRound.run(JpegTarget.class);
  }

  @Test
  void damagedFilesOfOtherFormatsAreRefusedOrDecoded() throws IOException {
    FuzzRound.run(OtherFormatsTarget.class);
  }
}
