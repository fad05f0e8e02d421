package org.bitloom.update.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Core alone, without the module of the vector kernels. */
class KernelChoiceTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "simd", "Scalar", "vector "})
  void unknownKernelsAreRejected(String demand) {
    assertThatThrownBy(() -> KernelChoice.choose(demand))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bitloom.kernels must be auto, scalar or vector, got '" + demand + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "scalar"})
  void withoutTheirModuleTheScalarKernelsServe(String demand) {
    assertThat(KernelChoice.choose(demand)).isSameAs(KernelChoice.scalar());
  }

  @Test
  void vectorKernelsDemandedWithoutTheirModuleFailWithItsName() {
    assertThatThrownBy(() -> KernelChoice.choose("vector"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("vector kernels need the module bitloom-simd on the class path");
  }
}
