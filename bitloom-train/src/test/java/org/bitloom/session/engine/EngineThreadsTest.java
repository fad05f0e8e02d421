package org.bitloom.session.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.bitloom.graph.Graph;
import org.bitloom.graph.KnownNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineThreadsTest {
  private static final Graph LENET = KnownNetworks.of("lenet300", List.of(1, 28, 28), 10);
  private static final Graph RESNET = KnownNetworks.of("resnet20", List.of(3, 32, 32), 10);

  @ParameterizedTest
  @CsvSource({"1, 1", "64, 1", "203, 1", "205, 2", "1000, 7"})
  void smallProductsAreForOneThread(int batch, int threads) {
    // 784 x 300 weights, two operations each: 470,400 for a sample
    assertEquals(threads, EngineThreads.of(LENET, batch, 16));
  }

  @Test
  void convolutionsCountAtEveryPlace() {
    // 16 x 16 x 3 x 3 weights at 32 x 32 places: 4,718,592 operations for a sample
    assertEquals(5, EngineThreads.of(RESNET, 64, 16));
  }

  @Test
  void neverMoreThanAllowed() {
    assertEquals(2, EngineThreads.of(RESNET, 1000, 2));
  }
}
