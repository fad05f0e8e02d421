package org.bitloom.infer.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bitloom.error.UsageException;
import org.junit.jupiter.api.Test;

/** There is no bitloom-simd on the class path of this module. */
class InferenceChoiceTest {
  @Test
  void scalarKernelsServeWhereThereAreNoOthers() {
    assertThat(InferenceChoice.choose("auto")).isSameAs(InferenceChoice.scalar());
    assertThat(InferenceChoice.choose("scalar")).isSameAs(InferenceChoice.scalar());
  }

  @Test
  void demandedVectorKernelsMustBeThere() {
    assertThatThrownBy(() -> InferenceChoice.choose("vector"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("vector kernels need the module bitloom-simd on the class path");
  }

  @Test
  void unknownKernelsAreRefused() {
    assertThatThrownBy(() -> InferenceChoice.choose("fast"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("bitloom.kernels must be auto, scalar or vector, got 'fast'");
  }
}
