package org.bitloom.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.DrawnLatents;
import org.bitloom.bits.InitialLatents;
import org.bitloom.bits.QuantizedLatents;
import org.bitloom.testkit.Seeds;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.ThreadTeam;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Trains all parameters of a small network behind the interface. */
class CpuStateTest {
  private static final List<ParameterSpec> SPECS =
      List.of(
          ParameterSpec.bits("dense1.weight", List.of(300, 250), BitMask.top(3).at(6)),
          ParameterSpec.floats("dense1.bias", List.of(300)),
          ParameterSpec.bits("dense2.weight", List.of(10, 300), BitMask.all().at(32)));

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Code that is not compiled yet allocates what compiled code keeps in registers. */
  private static final int STRETCHES = 100;

  private final ThreadTeam team = new ThreadTeam(2);

  @AfterEach
  void closeWorkers() {
    team.close();
  }

  private CpuState state(UpdateRule rule, Method method) {
    return state(SPECS, rule, method, CpuStateTest::drawn);
  }

  private CpuState state(
      List<ParameterSpec> specs,
      UpdateRule rule,
      Method method,
      Function<ParameterSpec, InitialLatents> initial) {
    Training training = new Training(rule, method, 0.01);
    return new CpuState(specs, training, initial, KernelChoice.scalar(), team);
  }

  private static InitialLatents drawn(ParameterSpec spec) {
    int depth = spec.layout().orElseThrow().depth();
    return new DrawnLatents(Seeds.CURRENT, spec.name(), depth, spec.fanIn());
  }

  private static List<FloatBuffer> buffers(List<ParameterSpec> specs) {
    return specs.stream().map(spec -> FloatBuffer.allocate(spec.size())).toList();
  }

  private static void draw(List<FloatBuffer> gradients, SplittableRandom random) {
    for (FloatBuffer gradient : gradients) {
      for (int i = 0; i < gradient.limit(); i++) {
        gradient.put(i, (float) (random.nextDouble() - 0.4));
      }
    }
  }

  private static double[] rates(double rate) {
    double[] rates = new double[SPECS.size()];
    Arrays.fill(rates, rate);
    return rates;
  }

  /** Values of all weights in a form that can be compared. */
  private static List<FloatBuffer> copy(List<FloatBuffer> weights) {
    List<FloatBuffer> copies = new ArrayList<>();
    weights.forEach(weight -> copies.add(FloatBuffer.wrap(weight.array().clone())));
    return copies;
  }

  @Test
  void oneCallMovesWhatOneCallForEachParameterMoves() {
    for (UpdateRule rule : UpdateRule.values()) {
      CpuState together = state(rule, Method.adam());
      CpuState apart = state(rule, Method.adam());
      List<FloatBuffer> gradients = buffers(SPECS);
      List<FloatBuffer> weights = buffers(SPECS);
      together.compose(weights);
      List<FloatBuffer> others = copy(weights);
      SplittableRandom random = Seeds.random();
      double[] rates = {0.01, 0.02, 0.03};
      for (int step = 0; step < 5; step++) {
        draw(gradients, random);
        together.step(gradients, weights, rates);
        for (int i = 0; i < SPECS.size(); i++) {
          apart.step(i, gradients.get(i), others.get(i), rates[i]);
        }
      }
      assertThat(weights).isEqualTo(others);
      assertThat(StateCopy.of(together.arrays())).isEqualTo(StateCopy.of(apart.arrays()));
      assertThat(together.steps("dense2.weight")).isEqualTo(5);
    }
  }

  @Test
  void whatWasSavedGoesOnToTheSameBits() {
    for (Method method : List.of(Method.adam(), Method.sgd())) {
      CpuState kept = state(UpdateRule.COUPLED, method);
      CpuState other = state(SPECS, UpdateRule.COUPLED, method, CpuStateTest::zeros);
      List<FloatBuffer> gradients = buffers(SPECS);
      List<FloatBuffer> weights = buffers(SPECS);
      kept.compose(weights);
      draw(gradients, Seeds.random());
      kept.step(gradients, weights, rates(0.05));
      List<StateArray> saved = kept.arrays();
      List<StateArray> restored = other.arrays();
      for (int i = 0; i < saved.size(); i++) {
        assertThat(restored.get(i).name()).isEqualTo(saved.get(i).name());
        restored.get(i).restore(saved.get(i).values());
      }
      List<FloatBuffer> others = copy(weights);
      other.compose(others);
      assertThat(others).isEqualTo(weights);
      kept.step(gradients, weights, rates(0.05));
      other.step(gradients, others, rates(0.05));
      assertThat(others).isEqualTo(weights);
      assertThat(StateCopy.of(other.arrays())).isEqualTo(StateCopy.of(kept.arrays()));
    }
  }

  private static InitialLatents zeros(ParameterSpec spec) {
    return new QuantizedLatents(new float[spec.size()], spec.layout().orElseThrow(), spec.fanIn());
  }

  @Test
  void nothingOfTheNetworkChangesWhereTheLastGradientCannotBeUsed() {
    CpuState state = state(UpdateRule.COUPLED, Method.adam());
    List<FloatBuffer> gradients = buffers(SPECS);
    List<FloatBuffer> weights = buffers(SPECS);
    state.compose(weights);
    draw(gradients, Seeds.random());
    gradients.get(2).put(2999, Float.NaN);
    StateCopy before = StateCopy.of(state.arrays());
    List<FloatBuffer> kept = copy(weights);
    assertThatThrownBy(() -> state.step(gradients, weights, rates(0.1)))
        .isInstanceOf(NonFiniteGradientException.class)
        .hasMessageEndingWith("dense2.weight at step 1");
    assertThat(StateCopy.of(state.arrays())).isEqualTo(before);
    assertThat(weights).isEqualTo(kept);
  }

  @Test
  void aStepAllocatesNothing() {
    for (UpdateRule rule : UpdateRule.values()) {
      for (Method method : List.of(Method.adam(), Method.sgd())) {
        CpuState state = state(rule, method);
        List<FloatBuffer> gradients = buffers(SPECS);
        List<FloatBuffer> weights = buffers(SPECS);
        state.compose(weights);
        double[] rates = rates(1e-3);
        long least = Long.MAX_VALUE;
        for (int stretch = 0; stretch < STRETCHES && least > 0; stretch++) {
          long before = THREADS.getCurrentThreadAllocatedBytes();
          for (int step = 0; step < 20; step++) {
            state.step(gradients, weights, rates);
          }
          least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes of 20 steps, %s, %s", rule, method.label()).isZero();
      }
    }
  }

  @Test
  void factsAreThoseOfTheParameter() {
    CpuState state = state(UpdateRule.COUPLED, Method.adam());
    assertThat(state.parameters()).isEqualTo(SPECS);
    assertThat(SPECS.get(0).fanIn()).isEqualTo(250);
    assertThat(state.codes("dense1.weight")).hasSize(75_000);
    assertThat(state.scale("dense1.weight")).isPositive();
    assertThatThrownBy(() -> state.codes("dense1.bias"))
        .hasMessage("parameter dense1.bias must be bit-wise to have bits, it is trained as floats");
    assertThatThrownBy(() -> state.steps("dense3.bias"))
        .hasMessage(
            "parameter must be one of [dense1.weight, dense1.bias, dense2.weight], got"
                + " dense3.bias");
  }

  @Test
  void valuesMustBeOneForEachParameter() {
    CpuState state = state(UpdateRule.COUPLED, Method.adam());
    List<FloatBuffer> all = buffers(SPECS);
    assertThatThrownBy(() -> state.step(all.subList(0, 2), all, rates(0)))
        .hasMessage("gradients must be one for each of 3 parameters, got 2");
    assertThatThrownBy(() -> state.step(all, all, new double[1]))
        .hasMessage("rates must be one for each of 3 parameters, got 1");
    assertThatThrownBy(() -> state.compose(all.subList(1, 3)))
        .hasMessage("weights must be one for each of 3 parameters, got 2");
  }

  @Test
  void anArrayIsRestoredFromItsLikeOnly() {
    StateArray steps = state(UpdateRule.COUPLED, Method.adam()).arrays().get(0);
    assertThat(steps.name()).isEqualTo("dense1.weight/steps");
    assertThat(steps.type()).isEqualTo(long[].class);
    assertThatThrownBy(() -> steps.restore(new long[2]))
        .hasMessage("dense1.weight/steps must be restored from long[1], got long[2]");
    assertThatThrownBy(() -> steps.restore(new int[1]))
        .hasMessage("dense1.weight/steps must be restored from long[1], got int[1]");
  }

  @Test
  void weightsToStartFromThatAreNotFiniteAreNamed() {
    List<ParameterSpec> one = List.of(ParameterSpec.bits("dense", List.of(2), BitMask.all().at(4)));
    float[] weights = {0, Float.NaN};
    assertThatThrownBy(
            () ->
                state(
                    one,
                    UpdateRule.COUPLED,
                    Method.adam(),
                    spec -> new QuantizedLatents(weights, BitMask.all().at(4), 1)))
        .hasMessage("parameter dense: weights must be finite, got NaN at index 1");
  }

  @Test
  void aNameThatComesTwiceIsRefused() {
    List<ParameterSpec> twice = List.of(SPECS.get(1), SPECS.get(1));
    assertThatThrownBy(() -> state(twice, UpdateRule.COUPLED, Method.adam(), spec -> null))
        .hasMessage("names of parameters must be unique, got twice dense1.bias");
  }
}
