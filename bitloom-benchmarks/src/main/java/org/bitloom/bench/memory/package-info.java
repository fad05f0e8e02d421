/**
 * The bytes of state that a weight costs, counted and as promised, and a layer of 100 million
 * weights. Imports the cases of the update, and a training of the steps.
 *
 * <pre>{@code
 * new MemoryBenchmark(System.out).run();
 * }</pre>
 */
package org.bitloom.bench.memory;
