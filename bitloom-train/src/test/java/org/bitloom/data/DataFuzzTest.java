package org.bitloom.data;

import java.io.IOException;
import org.bitloom.testkit.fuzz.FuzzRound;
import org.junit.jupiter.api.Test;

class DataFuzzTest {
  @Test
  void damagedIdxFilesAreRefusedOrRead() throws IOException {
    FuzzRound.run(IdxTarget.class);
  }

  @Test
  void damagedCifarFilesAreRefusedOrRead() throws IOException {
    FuzzRound.run(CifarTarget.class);
  }
}
