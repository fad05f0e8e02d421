/**
 * The trained network as a value: its weights as bit strings or floats, how its input is
 * normalized, where it came from, and what its layers look like in numbers. Imports {@code bits};
 * knows nothing of files.
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
