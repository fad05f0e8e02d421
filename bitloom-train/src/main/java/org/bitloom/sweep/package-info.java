/**
 * Many runs as one piece of work: the plan, the log of results, workers that train, the table over
 * the seeds. Imports {@code run} and what run may import, but no engine.
 *
 * <pre>{@code
 * SweepPlan plan = SweepPlan.of(settingsOfEveryRun);
 * try (SweepFolder folder = SweepFolder.open(Path.of("runs/sweep"), plan)) {
 *   new Sweep(folder, Keep.NONE).run(plan, new LocalSweep(2, WorkerCommand.likeThisJvm()), watch);
 * }
 * }</pre>
 */
package org.bitloom.sweep;
