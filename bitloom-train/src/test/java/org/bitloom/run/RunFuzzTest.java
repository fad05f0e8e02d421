package org.bitloom.run;

import java.io.IOException;
import org.bitloom.testkit.fuzz.FuzzRound;
import org.junit.jupiter.api.Test;

class RunFuzzTest {
  @Test
  void damagedCheckpointsAreRefusedOrRestored() throws IOException {
    FuzzRound.run(CheckpointTarget.class);
  }

  @Test
  void damagedTextsOfARunAreRefusedOrRead() throws IOException {
    FuzzRound.run(RunFilesTarget.class);
  }
}
