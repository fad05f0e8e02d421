package org.bitloom.infer.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowSumsTest {
  @Test
  void rowsAreAddedWithTheirFactorsAndZerosSkipped() {
    float[] factors = {9, 1, 0, 2, 0, 3, 4, 5, 0, 6};
    for (int count = 0; count <= 9; count++) {
      float[][] rows = new float[9][];
      float expected = 100;
      for (int r = 0; r < count; r++) {
        rows[r] = factors[1 + r] == 0 ? null : new float[] {0, r + 1, 0};
        expected += factors[1 + r] * (r + 1);
      }
      float[] sum = {7, 100, 7};
      RowSums.add(sum, 1, 2, rows, factors, 1, count);
      assertThat(sum).as("%d rows", count).containsExactly(7, expected, 7);
    }
  }
}
