package org.bitloom.graph;

import java.util.List;

/**
 * A batch norm: every channel, or every feature of a row, is brought to mean 0 and variance 1, then
 * {@code y = gamma x + beta}.
 *
 * <p>Training normalizes by mean and variance of the batch, and moves the running ones towards
 * them: {@code running = momentum * running + (1 - momentum) * batch}. Evaluation normalizes by the
 * running ones. Parameters, all {@code [channels]}: {@code gamma}, {@code beta}, {@code
 * runningMean}, {@code runningVariance}.
 *
 * @param name of the node
 * @param input whose output it takes, channels or features first
 * @param epsilon added to the variance; above 0
 * @param momentum share of the running statistics that stays; 0..1
 */
public record BatchNorm(String name, String input, double epsilon, double momentum)
    implements Node {
  public BatchNorm {
    Names.check(name);
    if (!(epsilon > 0) || !Double.isFinite(epsilon)) {
      throw new IllegalArgumentException(
          "epsilon of " + name + " must be finite and above 0, got " + epsilon);
    }
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException("momentum of " + name + " must be 0..1, got " + momentum);
    }
  }

  @Override
  public List<String> inputs() {
    return List.of(input);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputShapes) {
    return inputShapes.get(0);
  }

  @Override
  public List<GraphParameter> parameters(List<List<Integer>> inputShapes) {
    int channels = inputShapes.get(0).get(0);
    return List.of(
        GraphParameter.floats(name, "gamma", channels),
        GraphParameter.floats(name, "beta", channels),
        GraphParameter.statistic(name, "runningMean", channels),
        GraphParameter.statistic(name, "runningVariance", channels));
  }
}
