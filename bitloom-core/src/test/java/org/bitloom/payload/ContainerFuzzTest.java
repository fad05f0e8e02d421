package org.bitloom.payload;

import java.io.IOException;
import org.bitloom.testkit.fuzz.FuzzRound;
import org.junit.jupiter.api.Test;

class ContainerFuzzTest {
  @Test
  void damagedContainersGiveTheirContentOrAnError() throws IOException {
    FuzzRound.run(ContainerTarget.class);
  }
}
