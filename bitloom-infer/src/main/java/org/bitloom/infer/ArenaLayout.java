package org.bitloom.infer;

import java.util.List;

/**
 * What an arena holds.
 *
 * @param arrayOfValue which array each value lies in
 * @param arrayLengths length of each array
 * @param planes length of the room for the input of a convolution; 0 if there is none
 * @param sums number of sums of convolutions, one for each filter
 * @param sumLength length of each, and of the rows
 * @param rows number of rows
 */
record ArenaLayout(
    List<Integer> arrayOfValue,
    List<Integer> arrayLengths,
    int planes,
    int sums,
    int sumLength,
    int rows) {
  ArenaLayout {
    arrayOfValue = List.copyOf(arrayOfValue);
    arrayLengths = List.copyOf(arrayLengths);
  }
}
