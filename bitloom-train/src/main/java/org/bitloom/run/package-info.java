/**
 * Training runs: settings, the loop, checkpoints, metrics, the run folder, evaluation. Imports
 * {@code optimizer}, {@code network}, {@code data}, DJL and all of core.
 *
 * <pre>{@code
 * TrainingRun.Outcome outcome = TrainingRun.start(settings,
 *     new Surroundings(Path.of("runs/a"), false, Optional.empty(), Progress.NONE, () -> false));
 * }</pre>
 */
package org.bitloom.run;
