package org.bitloom.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param finished false when it was stopped and can be resumed
 * @param resumed whether it went on from a checkpoint
 * @param model path of the model file; present when finished
 * @param last metrics of the last epoch; empty before the first epoch ended
 */
public record RunOutcome(
    boolean finished, boolean resumed, Optional<Path> model, Optional<EpochMetrics> last) {}
