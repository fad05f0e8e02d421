/**
 * Training steps, forward to update, of networks whose trainings take turns: ours, DJL's Adam on
 * floats, and bits op by op. Imports the cases of the update alone.
 *
 * <pre>{@code
 * new StepBenchmark(System.out, TimedNetwork.LENET300).run();
 * }</pre>
 */
package org.bitloom.bench.step;
