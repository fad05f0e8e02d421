package org.bitloom.bench.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.bench.kernel.UpdateCase;
import org.bitloom.bench.measure.Target;
import org.bitloom.update.UpdateRule;

/** Holds the measured steps against what is wanted of them. */
final class StepTargets {
  private static final double STEP_UP_TO_16 = 0.95;
  private static final double STEP_AT_32 = 1.05;
  private static final double STEP_TOP3 = 0.90;
  private static final double STEP_OF_CONVOLUTIONS = 1.03;
  private static final double OP_BY_OP_AT_8 = 5;
  private static final double OP_BY_OP_AT_32 = 20;
  private static final double UPDATE_GROWTH = 2;
  private static final double STEP_GROWTH = 1.3;
  private static final double TO_OURS = 1.15;
  private static final int DEEPEST = 32;

  private final TimedNetwork network;
  private final Map<String, StepSeries> byName = new HashMap<>();

  StepTargets(TimedNetwork network, List<StepSeries> all) {
    this.network = network;
    all.forEach(series -> byName.put(series.name(), series));
  }

  /** Returns the targets of the network. */
  List<Target> all() {
    List<Target> targets = new ArrayList<>();
    for (int depth : UpdateCase.DEPTHS) {
      for (String mask : UpdateCase.masks(depth)) {
        StepSeries coupled = coupled(depth, mask);
        targets.add(
            Target.atMost(
                coupled.name() + " / DJL's Adam, step", coupled.ratio(), bound(depth, mask)));
      }
    }
    if (network == TimedNetwork.LENET300) {
      targets.add(overOpByOp(8, OP_BY_OP_AT_8));
      targets.add(overOpByOp(DEEPEST, OP_BY_OP_AT_32));
      StepSeries deep = coupled(DEEPEST, "all");
      StepSeries shallow = coupled(2, "all");
      String both = deep.name() + " / 2:all, ";
      targets.add(Target.atMost(both + "update", deep.updateTo(shallow), UPDATE_GROWTH));
      targets.add(Target.atMost(both + "step", deep.stepTo(shallow), STEP_GROWTH));
      StepSeries top3 = coupled(8, "top3");
      StepSeries ours = byName.get(Competitors.OUR_ADAM);
      targets.add(Target.atMost(top3.name() + " / our Adam, step", top3.stepTo(ours), TO_OURS));
    }
    return targets;
  }

  private double bound(int depth, String mask) {
    if (network != TimedNetwork.LENET300) {
      return STEP_OF_CONVOLUTIONS;
    }
    if (mask.equals("top3")) {
      return STEP_TOP3;
    }
    return depth == DEEPEST ? STEP_AT_32 : STEP_UP_TO_16;
  }

  private Target overOpByOp(int depth, double bound) {
    StepSeries plain = byName.get(Competitors.opByOpName(depth));
    StepSeries coupled = coupled(depth, "all");
    return Target.atLeast(
        plain.name() + " / " + coupled.name() + ", step", plain.stepTo(coupled), bound);
  }

  private StepSeries coupled(int depth, String mask) {
    return byName.get(UpdateCase.name(UpdateRule.COUPLED, depth, mask));
  }
}
