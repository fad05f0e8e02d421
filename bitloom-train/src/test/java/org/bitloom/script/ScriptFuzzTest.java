package org.bitloom.script;

import java.io.IOException;
import org.bitloom.testkit.fuzz.FuzzRound;
import org.junit.jupiter.api.Test;

class ScriptFuzzTest {
  @Test
  void damagedArchivesAreRefusedOrRead() throws IOException {
    FuzzRound.run(ArchiveTarget.class);
  }

  @Test
  void damagedPicklesAreRefusedOrRead() throws IOException {
    FuzzRound.run(PickleTarget.class);
  }
}
