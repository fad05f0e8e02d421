/**
 * Training runs: the loop, checkpoints, metrics, the run folder and its only reader. Imports {@code
 * session}, {@code settings}, {@code network}, {@code script}, {@code data}, {@code download} and
 * all of core, but not DJL.
 *
 * <pre>{@code
 * RunOutcome outcome = TrainingRun.start(settings,
 *     new RunContext(Path.of("runs/a"), false, Optional.empty(), Progress.NONE, () -> false));
 * }</pre>
 */
package org.bitloom.run;
