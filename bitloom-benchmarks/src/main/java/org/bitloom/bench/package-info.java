/**
 * Benchmarks: training steps beside float and op-by-op training, update kernels beside the copy
 * bandwidth of the machine, memory, payloads, and a guard against slowing down. Imports everything
 * but the command; not published.
 *
 * <pre>{@code
 * ./bitloom-bench step
 * }</pre>
 */
package org.bitloom.bench;
