package org.bitloom.io;

import java.io.IOException;
import org.bitloom.testkit.fuzz.FuzzRound;
import org.junit.jupiter.api.Test;

class ModelFuzzTest {
  @Test
  void damagedModelFilesAreRefusedOrModels() throws IOException {
    FuzzRound.run(ModelTarget.class);
  }

  @Test
  void damagedSafetensorsFilesAreRefusedOrRead() throws IOException {
    FuzzRound.run(SafetensorsTarget.class);
  }
}
