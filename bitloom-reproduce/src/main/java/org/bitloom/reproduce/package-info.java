/**
 * The claims of the paper, settled by runs: trains the rows of a plan stage by stage through the
 * machinery of sweeps, checks what networks carry, and writes one page with a verdict for each
 * claim.
 *
 * <pre>{@code
 * try (SweepFolder folder = SweepFolder.open(Path.of("runs/reproduce"))) {
 *   Reproduction reproduction = new Reproduction(plan, folder, data, threads);
 *   boolean whole = reproduction.train(trainers, watcher);
 *   Path page = reproduction.write();
 * }
 * }</pre>
 */
package org.bitloom.reproduce;
