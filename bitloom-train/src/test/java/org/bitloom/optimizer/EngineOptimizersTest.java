package org.bitloom.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bitloom.program.Program;
import org.bitloom.testkit.Seeds;
import org.bitloom.update.CpuState;
import org.bitloom.update.Method;
import org.bitloom.update.ParameterSpec;
import org.bitloom.update.RateCurve;
import org.bitloom.update.RateDecay;
import org.bitloom.update.Training;
import org.bitloom.update.UpdateRule;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.ThreadTeam;
import org.junit.jupiter.api.Test;

/** Holds the float methods to the optimizers that the engine itself brings along. */
class EngineOptimizersTest {
  private static final int SIZE = 1037;
  private static final int STEPS = 60;
  private static final RateCurve RATE = new RateCurve(0.02, RateDecay.COSINE, 5, STEPS);

  /** The lists are attributes: what is written to a list of its own the engine takes for dead. */
  private static final String ENGINE =
      """
      class Engine(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        values : List[Tensor]
        gradients : List[Tensor]
        first : List[Tensor]
        second : List[Tensor]
        steps : List[Tensor]
        none : List[Tensor]
        def bind(self: __torch__.Engine, tensors: List[Tensor]) -> None:
          self.values.append(tensors[0])
          self.gradients.append(tensors[1])
          self.first.append(tensors[2])
          self.second.append(tensors[3])
          self.steps.append(tensors[4])
          return None
        def sgd(self: __torch__.Engine, tensors: List[Tensor], numbers: List[float]) -> None:
          self.gradients[0].copy_(tensors[0])
          torch._fused_sgd_(self.values, self.gradients, self.first, weight_decay=numbers[1], \
      momentum=numbers[2], lr=numbers[0], dampening=0., nesterov=numbers[3] != 0., \
      maximize=False, is_first_step=False)
          return None
        def adamw(self: __torch__.Engine, tensors: List[Tensor], numbers: List[float]) -> None:
          self.gradients[0].copy_(tensors[0])
          self.steps[0].add_(1)
          torch._fused_adamw_(self.values, self.gradients, self.first, self.second, self.none, \
      self.steps, lr=numbers[0], beta1=numbers[2], beta2=numbers[3], weight_decay=numbers[1], \
      eps=numbers[4], amsgrad=False, maximize=False)
          return None
      """;

  /** Trains floats by the engine's optimizer and by ours, on the same gradients. */
  private static void compare(Method method, String name, double... settings) {
    Engine.getInstance(); // loads what the next line calls
    JniUtils.setGradMode(false);
    SplittableRandom random = Seeds.random("engine");
    try (ThreadTeam team = new ThreadTeam(1);
        Program engine = Program.load(ENGINE, Device.cpu());
        NDManager manager = NDManager.newBaseManager()) {
      Training training = new Training(UpdateRule.COUPLED, method, 0);
      CpuState state =
          new CpuState(
              List.of(ParameterSpec.floats("floats", List.of(SIZE))),
              training,
              spec -> null,
              KernelChoice.scalar(),
              team);
      float[] ours = draw(random);
      NDArray theirs = manager.create(ours);
      List<NDArray> held = new ArrayList<>(List.of(theirs));
      for (int size : new int[] {SIZE, SIZE, SIZE, 1}) { // gradient, both moments, steps
        held.add(manager.zeros(new Shape(size)));
      }
      engine.run("bind", held);
      for (int t = 1; t <= STEPS; t++) {
        float[] gradient = draw(random);
        double rate = RATE.at(t);
        state.step(
            List.of(FloatBuffer.wrap(gradient)),
            List.of(FloatBuffer.wrap(ours)),
            new double[] {rate});
        double[] numbers = new double[settings.length + 1];
        numbers[0] = rate;
        System.arraycopy(settings, 0, numbers, 1, settings.length);
        try (NDArray dw = manager.create(gradient)) {
          engine.run(name, List.of(dw), numbers);
        }
      }
      float[] expected = theirs.toFloatArray();
      for (int i = 0; i < SIZE; i++) {
        assertThat(ours[i])
            .as("weight %d, seed %d", i, Seeds.CURRENT)
            .isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  private static float[] draw(SplittableRandom random) {
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) (random.nextDouble() - 0.4);
    }
    return values;
  }

  @Test
  void sgdIsThatOfPyTorch() {
    compare(new Method.Sgd(0.9f), "sgd", 0, 0.9, 0);
  }

  @Test
  void sgdWithWeightDecayIsThatOfPyTorch() {
    compare(new Method.Sgd(0.9f, false, 0.05), "sgd", 0.05, 0.9, 0);
  }

  @Test
  void nesterovsMomentumIsThatOfPyTorch() {
    compare(new Method.Sgd(0.9f, true, 0.05), "sgd", 0.05, 0.9, 1);
  }

  @Test
  void adamWithWeightDecayIsAdamWOfPyTorch() {
    Method method = new Method.Adam(0.9f, 0.999f, 1e-12f, 0.3);
    compare(method, "adamw", 0.3, 0.9, 0.999, 1e-12);
  }

  @Test
  void theTrackerGivesEveryStepTheRateOfTheCurve() {
    DecayTracker tracker = new DecayTracker(RateDecay.LINEAR, 0.5f, 2, 10);
    try (BitwiseOptimizer optimizer = BitwiseOptimizer.builder().learningRate(tracker).build()) {
      RateCurve curve = new RateCurve(0.5, RateDecay.LINEAR, 2, 10);
      for (int step = 1; step <= 10; step++) {
        assertThat(optimizer.rate("any", step)).isEqualTo((float) curve.at(step));
      }
    }
  }
}
