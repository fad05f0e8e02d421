package org.bitloom.run;

import java.io.IOException;
import org.bitloom.testkit.fuzz.FuzzRound;
import org.junit.jupiter.api.Test;

class CheckpointFuzzTest {
  @Test
  void damagedCheckpointsAreRefusedOrRestored() throws IOException {
    FuzzRound.run(CheckpointTarget.class);
  }
}
