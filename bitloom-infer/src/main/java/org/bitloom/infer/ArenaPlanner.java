package org.bitloom.infer;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.infer.kernel.FilterBank;
import org.bitloom.infer.kernel.Filters;

/** Finds out what an arena must hold: which values are needed at once, and the most of all else. */
final class ArenaPlanner {
  private final List<Integer> sizes = new ArrayList<>();
  private final List<Integer> born = new ArrayList<>();
  private final List<Integer> lastRead = new ArrayList<>();
  private int operations;
  private int planes;
  private int sums;
  private int sumLength;
  private int rows;

  /** Begins with the input, value 0. */
  ArenaPlanner(int inputSize) {
    value(inputSize);
  }

  private int value(int size) {
    sizes.add(size);
    born.add(operations);
    lastRead.add(operations);
    return sizes.size() - 1;
  }

  /** Notes the next operation, which reads some values, and returns the value that it writes. */
  int operation(int size, int... reads) {
    operations++;
    for (int read : reads) {
      lastRead.set(read, operations);
    }
    return value(size);
  }

  /** Notes the room that a convolution needs; {@code planeLength} is 0 if it reads its input. */
  void convolution(int planeLength, Filters filters, FilterBank bank) {
    planes = Math.max(planes, withSlack(planeLength));
    sums = Math.max(sums, filters.filters());
    sumLength = Math.max(sumLength, withSlack(filters.positions()));
    rows = Math.max(rows, bank.rows());
  }

  private static int withSlack(int length) {
    return Math.addExact(length, Filters.SLACK);
  }

  /** Returns the layout: a value takes the first array whose last reader is done. */
  ArenaLayout layout() {
    List<Integer> arrayOfValue = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    List<Integer> busyUntil = new ArrayList<>();
    for (int value = 0; value < sizes.size(); value++) {
      int array = 0;
      while (array < lengths.size() && busyUntil.get(array) >= born.get(value)) {
        array++;
      }
      int length = withSlack(sizes.get(value));
      if (array == lengths.size()) {
        lengths.add(length);
        busyUntil.add(0);
      }
      lengths.set(array, Math.max(lengths.get(array), length));
      busyUntil.set(array, lastRead.get(value));
      arrayOfValue.add(array);
    }
    return new ArenaLayout(arrayOfValue, lengths, planes, sums, sumLength, rows);
  }
}
