/**
 * What every benchmark needs: medians, targets, clocks and counters of the machine, and its name.
 * Imports the update of core, whose threads copy beside it.
 *
 * <pre>{@code
 * double[] nanos = {9, 1, 4};
 * double typical = Median.of(nanos); // 4
 * }</pre>
 */
package org.bitloom.bench.measure;
