/**
 * Benchmarks: a training step beside float training, and the update kernels alone. Imports
 * everything but the command; not published.
 *
 * <pre>{@code
 * ./bitloom-bench step
 * }</pre>
 */
package org.bitloom.bench;
