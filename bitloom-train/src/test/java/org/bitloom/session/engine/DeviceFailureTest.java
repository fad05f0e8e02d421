package org.bitloom.session.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import org.bitloom.error.FailureException;
import org.bitloom.session.batch.RefusedBatchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceFailureTest {
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory:"
            + " you tried to allocate 2831155200 bytes. Error code 12 (Cannot allocate memory)",
        "DefaultCPUAllocator: not enough memory: you tried to allocate 2831155200 bytes."
      })
  void theEnginesFullMemoryIsToldLikeAFullHeap(String text) {
    for (RuntimeException error :
        new RuntimeException[] {
          new EngineException(text), new RefusedBatchException(new EngineException(text))
        }) {
      RuntimeException told = DeviceFailure.training(error, "cpu", 60);
      assertThat(told)
          .isInstanceOf(FailureException.class)
          .hasMessageStartingWith(
              "memory of cpu must hold the network and what it makes of a batch")
          .hasMessageContaining("GiB in the machine");
      assertThat(((FailureException) told).hint()).contains("--batch").contains("--resize");
    }
  }

  @Test
  void otherErrorsStayAsTheyAre() {
    RuntimeException other = new EngineException("mat1 and mat2 shapes cannot be multiplied");
    assertThat(DeviceFailure.training(other, "cpu", 60)).isSameAs(other);
  }
}
