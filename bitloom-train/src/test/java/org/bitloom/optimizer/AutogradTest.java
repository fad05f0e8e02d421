package org.bitloom.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.testkit.Seeds;
import org.bitloom.update.Method;
import org.bitloom.update.UpdateRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the optimizer in a real DJL trainer with autograd over one latent array per bit. */
class AutogradTest {
  private static final int STEPS = 20;

  /** One combination under test. */
  record Case(BitLayout layout, UpdateRule rule, Method method) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (BitLayout layout : layouts()) {
      for (UpdateRule rule : UpdateRule.values()) {
        cases.add(new Case(layout, rule, Method.adam()));
        cases.add(new Case(layout, rule, Method.sgd()));
      }
    }
    return cases;
  }

  private static List<BitLayout> layouts() {
    List<BitLayout> layouts = new ArrayList<>();
    SplittableRandom random = Seeds.random("autograd masks");
    for (int depth : new int[] {1, 2, 3, 8, 16, 24, 32}) {
      layouts.add(BitMask.all().at(depth));
      if (depth > 1) {
        layouts.add(BitMask.sign().at(depth));
        layouts.add(new BitLayout(depth, 1));
        int anywhere = random.nextInt() & -1 >>> (32 - depth);
        layouts.add(new BitLayout(depth, anywhere == 0 ? 1 : anywhere));
      }
      if (depth > 3) {
        layouts.add(BitMask.top(3).at(depth));
      }
    }
    return layouts;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyBitMovesAsAutogradSays(Case test) {
    try (AutogradComparison comparison = new AutogradComparison(test)) {
      for (int step = 1; step <= STEPS; step++) {
        comparison.step(step);
      }
      assertThat(comparison.bitsMet()).as("bits that met their threshold").isLessThan(5);
      boolean lively = test.rule() == UpdateRule.COUPLED && test.method() instanceof Method.Adam;
      if (lively || test.layout().signTrained()) {
        assertThat(comparison.flips()).as("flips, else this proves nothing").isGreaterThan(10);
      }
    }
  }
}
