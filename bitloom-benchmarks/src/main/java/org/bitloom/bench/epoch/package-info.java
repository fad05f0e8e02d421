/**
 * Whole epochs beside plain DJL: data, engine, update, evaluation, garbage; and the time from the
 * start of a process to an accuracy. Imports runs.
 *
 * <pre>{@code
 * EpochBenchmark.run(System.out, List.of("--to", "98"));
 * }</pre>
 */
package org.bitloom.bench.epoch;
