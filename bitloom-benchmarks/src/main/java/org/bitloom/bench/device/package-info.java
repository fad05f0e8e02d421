/**
 * Training on a device of the engine: whether it is right, what it costs, and how many trainings a
 * device can bear. Prints rows of one Markdown table. Imports the sessions of train and the
 * competitors of {@code step}.
 *
 * <pre>{@code
 * DeviceBenchmark.run(System.out, List.of("twins", "--device", "gpu"));
 * }</pre>
 */
package org.bitloom.bench.device;
