package org.bitloom.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.bitloom.bits.BitMask;
import org.bitloom.testkit.Seeds;
import org.bitloom.update.Method;
import org.bitloom.update.ParameterSpec;
import org.bitloom.update.StateBackend;
import org.bitloom.update.UpdateRule;

/** Trains one network twice on the same data: by the optimizer, and by autograd over its bits. */
final class AutogradComparison implements AutoCloseable {
  private static final int BATCH = 32;
  private static final int[] UNITS = {12, 16, 5};
  private static final float ADAM_RATE = 0.02f;
  private static final float SGD_RATE = 2;

  /** What rule {@code coupled} has for eps, in units of the top trained magnitude bit. */
  private static final double GUARD = 1e-15;

  /** Latents are floats: bits closer to their threshold than this may fall either way. */
  private static final double NEAR = 2e-6;

  private final AutogradTest.Case test;
  private final float rate;
  private final Model model = Model.newInstance("autograd", Device.cpu());
  private final BitwiseOptimizer optimizer;
  private final Trainer trainer;
  private final StateBackend<?> state;
  private final List<ParameterSpec> parameters = new ArrayList<>();
  private final List<AutogradWeight> weights = new ArrayList<>();
  private final List<AutogradMove[]> moves = new ArrayList<>();
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private final NDArray inputs;
  private final NDArray labels;
  private final List<int[]> codes = new ArrayList<>();
  private int bitsMet;
  private int flips;

  AutogradComparison(AutogradTest.Case test) {
    this.test = test;
    rate = test.method() instanceof Method.Adam ? ADAM_RATE : SGD_RATE;
    optimizer =
        BitwiseOptimizer.builder()
            .bits(test.layout().depth())
            .mask(BitMask.parse(test.layout().mask()))
            .rule(test.rule())
            .method(test.method())
            .learningRate(rate)
            .seed(Seeds.CURRENT)
            .build();
    SequentialBlock block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(UNITS[1]).optBias(false).build())
            .add(Activation.reluBlock())
            .add(Linear.builder().setUnits(UNITS[2]).optBias(false).build());
    model.setBlock(block);
    trainer = model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(optimizer));
    trainer.initialize(new Shape(BATCH, UNITS[0]));
    state = optimizer.attach(block);
    state.parameters().forEach(this::addReference);
    inputs = inputs(model.getNDManager());
    labels = labels(model.getNDManager());
  }

  private static NDArray inputs(NDManager manager) {
    SplittableRandom random = Seeds.random("autograd inputs");
    float[] values = new float[BATCH * UNITS[0]];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return manager.create(values, new Shape(BATCH, UNITS[0]));
  }

  private static NDArray labels(NDManager manager) {
    return manager.create(Seeds.random("autograd labels").longs(BATCH, 0, UNITS[2]).toArray());
  }

  /** Returns a copy that ends with the scope, and everything computed from it too. */
  private static NDArray in(NDManager scope, NDArray array) {
    NDArray copy = array.duplicate();
    copy.attach(scope);
    return copy;
  }

  private void addReference(ParameterSpec parameter) {
    int layer = parameters.size();
    Shape shape = new Shape(UNITS[layer + 1], UNITS[layer]);
    AutogradWeight weight = new AutogradWeight(state, parameter, shape, test.rule());
    AutogradMove[] ofBits = new AutogradMove[weight.depth()];
    for (int bit = 0; bit < ofBits.length; bit++) {
      boolean coupled = test.rule() == UpdateRule.COUPLED && bit < ofBits.length - 1;
      double eps = coupled ? GUARD * Math.scalb(1.0, bit - weight.topBit()) : 1e-7f;
      ofBits[bit] =
          test.method() instanceof Method.Adam ? AutogradMove.adam(eps) : AutogradMove.sgd();
    }
    parameters.add(parameter);
    codes.add(state.codes(parameter.name()));
    weights.add(weight);
    moves.add(ofBits);
  }

  void step(int number) {
    float expected = stepReference();
    assertThat(stepOurs()).as("loss of step %d", number).isEqualTo(expected);
    for (int layer = 0; layer < weights.size(); layer++) {
      compare(number, layer);
    }
  }

  private float stepOurs() {
    try (NDManager scope = model.getNDManager().newSubManager()) {
      NDArray batch = in(scope, inputs);
      NDArray wanted = in(scope, labels);
      NDArray value;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        value = loss.evaluate(new NDList(wanted), trainer.forward(new NDList(batch)));
        collector.backward(value);
      }
      float seen = value.getFloat();
      trainer.step();
      return seen;
    }
  }

  private float stepReference() {
    float seen;
    try (NDManager scope = model.getNDManager().newSubManager()) {
      NDArray value;
      NDArray batch = in(scope, inputs);
      NDArray wanted = in(scope, labels);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray first = weights.get(0).compose(scope);
        NDArray second = weights.get(1).compose(scope);
        NDArray hidden = Activation.relu(Linear.linear(batch, first).singletonOrThrow());
        NDArray logits = Linear.linear(hidden, second).singletonOrThrow();
        value = loss.evaluate(new NDList(wanted), new NDList(logits));
        collector.backward(value);
      }
      seen = value.getFloat();
      for (int layer = 0; layer < weights.size(); layer++) {
        move(layer);
      }
    }
    return seen;
  }

  private void move(int layer) {
    AutogradWeight weight = weights.get(layer);
    for (int bit = 0; bit < weight.depth(); bit++) {
      if (weight.isTrained(bit)) {
        moves.get(layer)[bit].step(weight.latents(bit), weight.gradient(bit), rate);
      }
    }
  }

  private void compare(int number, int layer) {
    int[] before = codes.get(layer);
    int[] now = state.codes(parameters.get(layer).name());
    for (int i = 0; i < now.length; i++) {
      flips += Integer.bitCount(before[i] ^ now[i]);
      int difference = now[i] ^ weights.get(layer).code(i);
      for (int bit = 0; bit < weights.get(layer).depth(); bit++) {
        if ((difference >>> bit & 1) != 0) {
          String place =
              String.format(
                  Locale.ROOT, "step %d, layer %d, weight %d, bit %d", number, layer, i, bit);
          meet(weights.get(layer).latents(bit), i, now[i] >>> bit & 1, place);
        }
      }
    }
    codes.set(layer, now);
  }

  /** A latent that met its threshold goes on as ours, so that both networks stay the same. */
  private void meet(double[] latents, int i, int ours, String place) {
    assertThat(Math.abs(latents[i])).as(place).isLessThan(NEAR);
    latents[i] = ours == 1 ? Float.MIN_NORMAL : 0;
    bitsMet++;
  }

  /** Returns how many bits fell to different sides, each within {@link #NEAR} of its threshold. */
  int bitsMet() {
    return bitsMet;
  }

  /** Returns how many bits changed in all steps. */
  int flips() {
    return flips;
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
    optimizer.close();
  }
}
