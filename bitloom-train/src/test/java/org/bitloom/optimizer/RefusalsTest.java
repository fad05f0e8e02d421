package org.bitloom.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.bitloom.bits.BitMask;
import org.bitloom.update.NonFiniteGradientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the optimizer refuses, and how it says so. */
class RefusalsTest {
  private static BitwiseOptimizer.Builder small() {
    return BitwiseOptimizer.builder().bits(4).mask(BitMask.all());
  }

  @Test
  void aGradientThatIsNotFiniteStopsWithTheNameOfTheParameter() {
    BitwiseOptimizer optimizer = small().build();
    try (Program program = new Program(Program.dense(), optimizer)) {
      optimizer.attach(program.network());
      float[] before = program.values().get("02Linear_weight");
      program.backward(Float.NaN);
      assertThatThrownBy(program.trainer()::step)
          .isInstanceOf(NonFiniteGradientException.class)
          .hasMessage(
              "gradients must be finite, found NaN or infinity in 02Linear_weight at step 1");
      assertThat(program.values().get("02Linear_weight")).isEqualTo(before);
    }
  }

  @Test
  void weightsToStartFromMustBeFinite() {
    BitwiseOptimizer optimizer = small().fromWeights().build();
    try (Program program = new Program(Program.dense(), optimizer)) {
      var weight = program.network().getParameters().get("02Linear_weight").getArray();
      EngineMemory.floats(weight).put(5, Float.NaN);
      assertThatThrownBy(() -> optimizer.attach(program.network()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("parameter 02Linear_weight: weights must be finite, got NaN at index 5");
    }
  }

  @Test
  void withoutAttachTheErrorTellsTheParameterByItsShape() {
    try (Program program = new Program(Program.dense(), small().build())) {
      program.step();
      program.backward(Float.POSITIVE_INFINITY);
      assertThatThrownBy(program.trainer()::step)
          .isInstanceOf(NonFiniteGradientException.class)
          .hasMessageContaining("of shape (3, 36)");
    }
  }

  @Test
  void settingsThatBitsCannotObeyAreRefused() {
    for (BitwiseOptimizer.Builder builder :
        List.of(
            small().optWeightDecays(0.1f), small().optClipGrad(1), small().setRescaleGrad(0.5f))) {
      assertThatThrownBy(builder::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("weight decay must be off")
          .hasMessageContaining("scale the loss instead");
    }
    assertThatThrownBy(() -> small().bits(3).mask(BitMask.parse("1111")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("depth is 3, got 4 digits");
    assertThatThrownBy(() -> small().drift(-1).build())
        .hasMessage("drift must be 0 or more, got -1.0");
    assertThatThrownBy(() -> small().threads(0).build())
        .hasMessage("threads must be at least 1, got 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT32", "FLOAT64", "FLOAT16"})
  void otherTypesOfWeightsAreRefused(String type) {
    BitwiseOptimizer optimizer = small().build();
    try (Program program = new Program(Program.dense(), optimizer)) {
      NDArray weight = program.manager().zeros(new Shape(2, 3), DataType.valueOf(type));
      assertThatThrownBy(() -> optimizer.update("id", weight, weight))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "must be FLOAT32 on the CPU, got " + type.toLowerCase(java.util.Locale.ROOT));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void weightsThatDoNotLieInOneStretchOfMemoryAreRefused(boolean floats) {
    BitwiseOptimizer optimizer = (floats ? small().floatWeights() : small()).build();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray transposed = manager.arange(6f).reshape(2, 3).transpose();
      assertThatThrownBy(() -> optimizer.attach(new LoneParameter(transposed)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("parameter weight must be contiguous in memory, it is not");
      assertThatThrownBy(() -> optimizer.update("id", transposed, transposed))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("parameter of shape (3, 2) must be contiguous in memory");
    }
  }

  @Test
  void aNetworkMustBeInitializedBeforeItIsAttached() {
    assertThatThrownBy(() -> small().build().attach(Program.dense()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "block must be initialized first, its parameter 02Linear_weight has no values; call"
                + " trainer.initialize(shape) or block.initialize(manager, type, shape)");
  }
}
