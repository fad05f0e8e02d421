package org.bitloom.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a run ended.
 *
 * @param finished false when it was stopped and can be resumed
 * @param resumed whether it went on from a checkpoint
 * @param model path of the model file; present when finished
 * @param last metrics of the last epoch; empty before the first epoch ended
 * @param first test accuracy before the first step, 0..1; empty unless it began just now, from a
 *     trained network
 */
public record RunOutcome(
    boolean finished,
    boolean resumed,
    Optional<Path> model,
    Optional<EpochMetrics> last,
    OptionalDouble first) {
  /** Leaves out how well the first weights do. */
  public RunOutcome(
      boolean finished, boolean resumed, Optional<Path> model, Optional<EpochMetrics> last) {
    this(finished, resumed, model, last, OptionalDouble.empty());
  }
}
