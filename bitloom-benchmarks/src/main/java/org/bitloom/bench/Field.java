package org.bitloom.bench;

import ai.djl.ndarray.types.Shape;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.bits.BitMask;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.update.UpdateRule;

/** Makes the competitors for one network. */
final class Field {
  static final List<Integer> DEPTHS = List.of(1, 2, 4, 8, 16, 32);

  private static final float RATE = 9e-4f;

  private final Subject subject;

  Field(Subject subject) {
    this.subject = subject;
  }

  /** Returns what a competitor of ours is called: {@code coupled 8:top3}. */
  static String name(UpdateRule rule, int depth, String mask) {
    return rule.label() + " " + depth + ":" + mask;
  }

  /** Returns what the op-by-op trainer is called: {@code op-by-op 8:all}. */
  static String opByOpName(int depth) {
    return "op-by-op " + depth + ":all";
  }

  /** Returns the masks to try at a depth: where top3 says no other than all, only all. */
  static List<String> masks(int depth) {
    return depth > 3 ? List.of("all", "top3") : List.of("all");
  }

  /** Returns float training by DJL's own Adam, which all others are compared with. */
  Competitor baseline() {
    Optimizer adam = Optimizer.adam().optLearningRateTracker(Tracker.fixed(RATE)).build();
    return EngineTraining.djlAdam("float, DJL's Adam", subject.task(), adam);
  }

  /** Returns all others, in the order of the table. */
  List<Competitor> others() {
    List<Competitor> all = new ArrayList<>();
    all.add(
        EngineTraining.ours(
            "float, our Adam",
            subject.task(),
            BitwiseOptimizer.builder().floatWeights().learningRate(RATE).build()));
    if (!subject.units().isEmpty()) {
      DEPTHS.forEach(depth -> all.add(opByOp(depth)));
    }
    addOurs(all, UpdateRule.INDEPENDENT, subject.depthsOfIndependent());
    addOurs(all, UpdateRule.COUPLED, DEPTHS);
    return all;
  }

  private void addOurs(List<Competitor> all, UpdateRule rule, List<Integer> depths) {
    for (int depth : depths) {
      masks(depth).forEach(mask -> all.add(ours(rule, depth, mask)));
    }
  }

  private Competitor opByOp(int depth) {
    List<Integer> units = subject.units();
    List<OpByOpLayer.Start> starts = new ArrayList<>();
    for (int i = 1; i < units.size(); i++) {
      Shape shape = new Shape(units.get(i), units.get(i - 1));
      starts.add(new OpByOpLayer.Start("layer" + i, 1, depth, shape));
    }
    return new OpByOp(opByOpName(depth), starts, Subject.BATCH, RATE);
  }

  /** Returns a bit-wise training of ours. */
  Competitor ours(UpdateRule rule, int depth, String mask) {
    BitwiseOptimizer optimizer =
        BitwiseOptimizer.builder()
            .bits(depth)
            .mask(BitMask.parse(mask))
            .rule(rule)
            .learningRate(RATE)
            .build();
    return EngineTraining.ours(name(rule, depth, mask), subject.task(), optimizer);
  }
}
