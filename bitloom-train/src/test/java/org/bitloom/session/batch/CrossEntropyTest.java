package org.bitloom.session.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import java.util.SplittableRandom;
import org.bitloom.data.ImageSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loss and gradients must be those of DJL's loss. */
class CrossEntropyTest {
  private static final int CLASSES = 7;

  private final SplittableRandom random = new SplittableRandom(3);
  private final CrossEntropy loss = new CrossEntropy();

  private Batch batch(int count) {
    ImageSet images = new ImageSet(new byte[4], new byte[1], 1, 2, 2, CLASSES);
    Batch batch = new Batch(images, count);
    for (int b = 0; b < count; b++) {
      batch.add(new float[4], random.nextInt(CLASSES));
    }
    return batch;
  }

  private float[] logits(int count) {
    float[] logits = new float[count * CLASSES];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (20 * random.nextDouble() - 10);
    }
    return logits;
  }

  private void assertAgrees(Batch batch, float[] values) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = manager.create(values, new Shape(batch.count(), CLASSES));
      logits.setRequiresGradient(true);
      NDArray twin = logits.duplicate();
      twin.setRequiresGradient(true);
      long[] labels = new long[batch.count()];
      for (int b = 0; b < labels.length; b++) {
        labels[b] = batch.label(b);
      }
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray logarithms = CrossEntropy.logarithms(logits);
        loss.backward(logarithms, batch);
        NDArray expected =
            Loss.softmaxCrossEntropyLoss()
                .evaluate(new NDList(manager.create(labels)), new NDList(twin));
        collector.backward(expected);
        double value = expected.getFloat();
        assertThat(CrossEntropy.mean(logarithms, batch)).isCloseTo(value, within(1e-5));
      }
      assertThat(logits.getGradient().toFloatArray()).isEqualTo(twin.getGradient().toFloatArray());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 25, 64, 333})
  void gradientsAreThoseOfDjlsLossToTheBit(int count) {
    assertAgrees(batch(count), logits(count));
  }

  @Test
  void theSameLossServesBatchesOfAnySize() {
    for (int count : new int[] {10, 3, 64, 1, 10}) {
      assertAgrees(batch(count), logits(count));
    }
  }

  @Test
  void aLogitThatIsNoNumberMakesTheLossNoNumber() {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] values = logits(2);
      values[3] = Float.NaN;
      NDArray logits = manager.create(values, new Shape(2, CLASSES));
      double mean = CrossEntropy.mean(CrossEntropy.logarithms(logits), batch(2));
      assertThat(mean).isNaN();
    }
  }
}
