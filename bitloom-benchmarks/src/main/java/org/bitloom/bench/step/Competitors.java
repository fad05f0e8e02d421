package org.bitloom.bench.step;

import ai.djl.ndarray.types.Shape;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.bench.kernel.UpdateCase;
import org.bitloom.bits.BitMask;
import org.bitloom.optimizer.BitwiseOptimizer;
import org.bitloom.update.UpdateRule;

/** Makes the competitors for one network. */
public final class Competitors {
  static final String OUR_ADAM = "float, our Adam";

  private static final float RATE = 9e-4f;

  private final TimedNetwork network;

  public Competitors(TimedNetwork network) {
    this.network = network;
  }

  /** Returns what the op-by-op trainer is called: {@code op-by-op 8:all}. */
  static String opByOpName(int depth) {
    return "op-by-op " + depth + ":all";
  }

  /** Returns float training by DJL's own Adam, which all others are compared with. */
  public Competitor baseline() {
    Optimizer adam = Optimizer.adam().optLearningRateTracker(Tracker.fixed(RATE)).build();
    return EngineTraining.djlAdam("float, DJL's Adam", network.task(), adam);
  }

  /** Returns all others, in the order of the table. */
  List<Competitor> others() {
    List<Competitor> all = new ArrayList<>();
    all.add(
        EngineTraining.ours(
            OUR_ADAM,
            network.task(),
            BitwiseOptimizer.builder().floatWeights().learningRate(RATE).build()));
    if (!network.units().isEmpty()) {
      UpdateCase.DEPTHS.forEach(depth -> all.add(opByOp(depth)));
    }
    addOurs(all, UpdateRule.INDEPENDENT, network.depthsOfIndependent());
    addOurs(all, UpdateRule.COUPLED, UpdateCase.DEPTHS);
    return all;
  }

  private void addOurs(List<Competitor> all, UpdateRule rule, List<Integer> depths) {
    for (int depth : depths) {
      UpdateCase.masks(depth).forEach(mask -> all.add(ours(rule, depth, mask)));
    }
  }

  private Competitor opByOp(int depth) {
    List<Integer> units = network.units();
    List<OpByOpLayer.Start> starts = new ArrayList<>();
    for (int i = 1; i < units.size(); i++) {
      Shape shape = new Shape(units.get(i), units.get(i - 1));
      starts.add(new OpByOpLayer.Start("layer" + i, 1, depth, shape));
    }
    return new OpByOpTraining(opByOpName(depth), starts, TimedNetwork.BATCH, RATE);
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
    return EngineTraining.ours(UpdateCase.name(rule, depth, mask), network.task(), optimizer);
  }
}
