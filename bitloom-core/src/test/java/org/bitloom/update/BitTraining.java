package org.bitloom.update;

import org.bitloom.bits.BitLayout;
import org.bitloom.bits.DrawnLatents;
import org.bitloom.bits.FrozenBits;
import org.bitloom.bits.InitialLatents;
import org.bitloom.bits.QuantizedLatents;
import org.bitloom.update.kernel.KernelChoice;

/**
 * How one bit-wise tensor under test is trained.
 *
 * @param layout depth and trained bits
 * @param training all else
 */
record BitTraining(BitLayout layout, Training training) {
  BitTraining(BitLayout layout, UpdateRule rule, Method method, double drift) {
    this(layout, new Training(rule, method, drift));
  }

  UpdateRule rule() {
    return training.rule();
  }

  Method method() {
    return training.method();
  }

  /** Returns the same with a source of frozen bits. */
  BitTraining with(FrozenBits source) {
    return new BitTraining(
        layout, new Training(training.rule(), training.method(), training.drift(), source));
  }

  /** Returns a tensor with drawn latents. */
  BitwiseParameter drawn(String name, int size, long seed) {
    return create(name, size, new DrawnLatents(seed, name, layout.depth(), Subject.FAN_IN));
  }

  /** Returns a tensor that starts from weights. */
  BitwiseParameter from(String name, float[] weights) {
    return create(name, weights.length, new QuantizedLatents(weights, layout, Subject.FAN_IN));
  }

  private BitwiseParameter create(String name, int size, InitialLatents initial) {
    return new BitwiseParameter(name, size, layout, training, KernelChoice.scalar(), initial);
  }
}
