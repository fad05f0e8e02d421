/**
 * The trained network as a value: which network it is, what it was trained to do, its weights as
 * bit strings or floats, where it came from, and what its layers look like in numbers. Imports
 * {@code bits} and {@code graph}; knows nothing of files.
 *
 * <pre>{@code
 * BitLayout layout = BitMask.parse("111000").at(6);
 * int[] codes = {3, 33};                     // 3 and -1
 * BitTensor weight = new BitTensor("dense1.weight", List.of(1, 2), layout, 0.5f, codes);
 * weight.weights();                          // {1.5f, -0.5f}
 * LayerStatistics.of(weight).negative();     // 1
 * }</pre>
 */
package org.bitloom.model;
