/**
 * Training runs: the loop, checkpoints, metrics, the run folder. Imports {@code session}, {@code
 * settings}, {@code optimizer}, {@code network}, {@code data} and all of core, but not DJL.
 *
 * <pre>{@code
 * RunOutcome outcome = TrainingRun.start(settings,
 *     new RunContext(Path.of("runs/a"), false, Optional.empty(), Progress.NONE, () -> false));
 * }</pre>
 */
package org.bitloom.run;
