package org.bitloom.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written into a code is read from it. */
class TensorCoderTest {
  private static final int[] NOTHING = {};

  @ParameterizedTest(name = "depth {0}")
  @ValueSource(ints = {1, 2, 3, 4, 6, 8, 9, 16, 17, 31, 32})
  void weightsOfEveryDepthComeBack(int depth) {
    for (double zeros : new double[] {0, 0.5, 0.99, 1}) {
      int[] codes = codes(depth, 23 * 41, zeros);
      assertComesBack(new WeightGrid(23, 41, 0, 0, depth, true), codes);
    }
  }

  @ParameterizedTest(name = "{0} x {1}, planes of {3}, lines of {2}")
  @CsvSource({
    "1,1,0,0",
    "1,5000,0,0",
    "5000,1,0,0",
    "3,70000,0,0",
    "2,1,1,1",
    "7,9,3,9",
    "5,18,3,9",
    "4,6,6,6",
    "4,6,1,6",
    "9,784,28,784",
    "2,12,2,6",
    "3,25,5,25"
  })
  void weightsOfEveryShapeComeBack(int rows, int columns, int width, int plane) {
    WeightGrid grid = new WeightGrid(rows, columns, width, plane, 4, true);
    assertComesBack(grid, codes(4, grid.size(), 0.7));
  }

  private static void assertComesBack(WeightGrid grid, int[] codes) {
    TensorCoder writer = TensorCoder.writer();
    assertThat(writer.weights(grid, codes)).isEqualTo(codes);
    byte[] code = writer.finish();
    TensorCoder reader = TensorCoder.reader(code);
    assertThat(reader.weights(grid, NOTHING)).as(Seeds.CURRENT + " " + grid).isEqualTo(codes);
    assertThat(reader.finish()).isEmpty();
  }

  @Test
  void signsOfZerosAreDroppedUnlessTheyAreWanted() {
    WeightGrid grid = new WeightGrid(1, 4, 0, 0, 3, false);
    int[] codes = {0b100, 0b101, 0b000, 0b011};
    TensorCoder writer = TensorCoder.writer();
    int[] read = {0b000, 0b101, 0b000, 0b011};
    assertThat(writer.weights(grid, codes)).isEqualTo(read);
    assertThat(TensorCoder.reader(writer.finish()).weights(grid, NOTHING)).isEqualTo(read);
  }

  @Test
  void floatsComeBackToTheBit() {
    SplittableRandom random = Seeds.random();
    float[] values = new float[3000];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    float[] few = {0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 1f};
    TensorCoder writer = TensorCoder.writer();
    writer.floats("gamma", values.length, values);
    writer.floats("gamma", few.length, few);
    writer.floats("beta", 0, new float[0]);
    TensorCoder reader = TensorCoder.reader(writer.finish());
    assertThat(bits(reader.floats("gamma", values.length, new float[0]))).isEqualTo(bits(values));
    assertThat(bits(reader.floats("gamma", few.length, new float[0]))).isEqualTo(bits(few));
    assertThat(reader.floats("beta", 0, new float[0])).isEmpty();
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  @Test
  void zerosCostNextToNothing() {
    WeightGrid grid = new WeightGrid(300, 784, 28, 784, 3, false);
    assertThat(size(grid, new int[grid.size()])).isLessThan(60);
  }

  @Test
  void noiseCostsHardlyMoreThanItsBits() {
    WeightGrid grid = new WeightGrid(100, 300, 0, 0, 6, true);
    int[] codes = Seeds.random().ints(grid.size(), 0, 64).toArray();
    assertThat(size(grid, codes)).isLessThan((int) (1.01 * 6 * codes.length / 8));
  }

  @Test
  void columnsThatAreMostlyZeroCostLittle() {
    WeightGrid grid = new WeightGrid(200, 100, 0, 0, 2, false);
    int[] codes = codes(2, grid.size(), 0.5);
    int[] mixed = codes.clone();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = i % 2 == 0 ? 0 : codes[i];
      mixed[i] = Seeds.random("at" + i / 2).nextBoolean() == (i % 2 == 0) ? 0 : mixed[i];
    }
    assertThat(size(grid, codes)).isLessThan((int) (0.8 * size(grid, mixed)));
  }

  private static int size(WeightGrid grid, int[] codes) {
    TensorCoder writer = TensorCoder.writer();
    writer.weights(grid, codes);
    return writer.finish().length;
  }

  @Test
  void aCodeThatIsTooShortOrTooLongIsRefused() {
    WeightGrid grid = new WeightGrid(20, 30, 0, 0, 5, false);
    TensorCoder writer = TensorCoder.writer();
    writer.weights(grid, codes(5, grid.size(), 0.3));
    byte[] code = writer.finish();
    for (int length : new int[] {0, 1, code.length / 2, code.length + 1, code.length + 3}) {
      if (length != code.length) {
        byte[] other = Arrays.copyOf(code, length);
        assertThatThrownBy(() -> read(grid, other))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("the code must");
      }
    }
  }

  private static void read(WeightGrid grid, byte[] code) {
    TensorCoder reader = TensorCoder.reader(code);
    reader.weights(grid, NOTHING);
    reader.finish();
  }

  @Test
  void whatHasPlacesIsToldByItsShape() {
    List<Integer> image = List.of(3, 32, 24);
    assertThat(WeightGrid.of(List.of(16, 3, 3, 2), image, 3, false))
        .isEqualTo(new WeightGrid(16, 18, 2, 6, 3, false));
    assertThat(WeightGrid.of(List.of(10, 2304), image, 3, true))
        .isEqualTo(new WeightGrid(10, 2304, 24, 768, 3, true));
    assertThat(WeightGrid.of(List.of(10, 2303), image, 3, true))
        .isEqualTo(new WeightGrid(10, 2303, 0, 0, 3, true));
    assertThat(WeightGrid.of(List.of(), image, 3, true))
        .isEqualTo(new WeightGrid(1, 1, 0, 0, 3, true));
  }

  /** Returns random bit strings, a share of them zero with any sign. */
  private static int[] codes(int depth, int count, double zeros) {
    SplittableRandom random = Seeds.random("depth" + depth);
    int sign = 1 << (depth - 1);
    int[] codes = new int[count];
    for (int i = 0; i < count; i++) {
      int mask = random.nextDouble() < zeros ? sign : -1 >>> (32 - depth);
      codes[i] = random.nextInt() & mask;
    }
    return codes;
  }
}
