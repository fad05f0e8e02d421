package org.bitloom.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.error.UsageException;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Task;
import org.bitloom.testkit.NaiveFreeBits;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the fast way to the free bits with the one that goes bit by bit. */
class FreeBitsTest {
  static List<int[]> sizes() {
    return List.of(
        new int[] {1},
        new int[] {3, 2, 1, 1, 5},
        new int[] {63, 64, 65},
        new int[] {31, 32, 33, 127, 128, 129},
        new int[] {1021, 7, 640},
        new int[] {64, 64, 64});
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void readingAgreesWithReadingBitByBit(int[] sizes) {
    SplittableRandom random = Seeds.random();
    for (int trial = 0; trial < 40; trial++) {
      List<BitTensor> tensors = Carriers.random(random, sizes);

      assertThat(Carriers.all(FreeBits.of(tensors)))
          .as("%s, seed %d", tensors, Seeds.CURRENT)
          .isEqualTo(NaiveFreeBits.bytes(Carriers.codes(tensors), Carriers.free(tensors)));
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void writingAgreesWithWritingBitByBit(int[] sizes) {
    SplittableRandom random = Seeds.random();
    for (int trial = 0; trial < 40; trial++) {
      List<BitTensor> tensors = Carriers.random(random, sizes);
      FreeBits bits = FreeBits.of(tensors);
      byte[] bytes = new byte[(int) bits.capacity().bytes()];
      random.nextBytes(bytes);
      int[][] expected = Carriers.codes(tensors);
      NaiveFreeBits.put(bytes, expected, Carriers.free(tensors));

      bits.write(0, bytes, 0, bytes.length);

      assertThat(Carriers.codes(bits, tensors))
          .as("%s, seed %d", tensors, Seeds.CURRENT)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void piecesReadAndWrittenAnywhereAgreeWithTheWhole(int[] sizes) {
    SplittableRandom random = Seeds.random();
    FreeBits bits = FreeBits.of(Carriers.random(random, sizes));
    byte[] expected = Carriers.all(bits);
    for (int trial = 0; trial < 300 && expected.length > 0; trial++) {
      int at = random.nextInt(expected.length);
      int count = random.nextInt(expected.length - at + 1);
      byte[] piece = new byte[count + 5];
      random.nextBytes(piece);
      bits.write(at, piece, 3, count);
      System.arraycopy(piece, 3, expected, at, count);
      byte[] read = new byte[count + 5];
      bits.read(at, read, 2, count);
      assertThat(IntStream.range(0, count).allMatch(i -> read[2 + i] == piece[3 + i])).isTrue();
    }
    assertThat(Carriers.all(bits)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "depth {0}")
  @ValueSource(ints = {1, 2, 6, 8, 15, 16, 17, 31, 32})
  void scatteringChangesFreeBitsOnlyAtEveryDepth(int depth) {
    SplittableRandom random = Seeds.random();
    int trained = (random.nextInt() & (-1 >>> (32 - depth))) | 1;
    BitLayout layout = new BitLayout(depth, trained);
    BitTensor tensor = Carriers.tensor(random, 200, layout);
    FreeBits noise = FreeBits.noise(List.of(CarrierTensor.of(tensor)), 5);
    int[] codes = tensor.codes();

    noise.scatter(0, codes);

    int[] free = noise.codes(0);
    for (int i = 0; i < codes.length; i++) {
      assertThat(codes[i] & trained).isEqualTo(tensor.code(i) & trained);
      assertThat(codes[i] & ~trained).isEqualTo(free[i]);
    }
  }

  @Test
  void theStringRunsTensorByTensorThenPlaneByPlaneThenWeightByWeight() {
    BitTensor first =
        new BitTensor("a", List.of(3), new BitLayout(3, 0b010), 1, new int[] {1, 4, 5});
    BitTensor second = new BitTensor("b", List.of(2), new BitLayout(2, 0b10), 1, new int[] {0, 1});

    byte[] bytes = Carriers.all(FreeBits.of(List.of(first, second)));

    assertThat(bytes).containsExactly(0b10_110_101); // bit 1 of b's plane is the top bit
  }

  @Test
  void theCapacityOfLenetIsThatOfThePaper() {
    BitLayout layout = BitMask.top(3).at(32);
    Capacity capacity =
        Capacity.of(
            List.of(
                new CarrierTensor("1", List.of(300, 784), layout),
                new CarrierTensor("2", List.of(100, 300), layout),
                new CarrierTensor("3", List.of(10, 100), layout)));

    assertThat(capacity.bits()).isEqualTo(266_200L * 29);
    assertThat(capacity.bytes()).isEqualTo(964_975);
    assertThat(capacity.share()).isEqualTo(0.90625);
    assertThat(capacity.largestFile(5)).isEqualTo(964_975 - 92 - 5 - 4 * 236);
  }

  @Test
  void noiseDependsOnTheSeedAlone() {
    List<CarrierTensor> tensors =
        Carriers.random(Seeds.random(), 500, 70).stream().map(CarrierTensor::of).toList();
    byte[] noise = Carriers.all(FreeBits.noise(tensors, 1));

    assertThat(Carriers.all(FreeBits.noise(tensors, 1))).isEqualTo(noise);
    assertThat(Carriers.all(FreeBits.noise(tensors, 2))).isNotEqualTo(noise);
  }

  @Test
  void aModelWithOtherFreeBitsDiffersInNothingElse() {
    SplittableRandom random = Seeds.random();
    List<BitTensor> tensors = Carriers.random(random, 90, 30);
    FloatTensor bias = new FloatTensor("bias", List.of(1), new float[] {2});
    BitModel model =
        new BitModel(
            Architecture.opaque("net"),
            new Task(List.of(1), Normalization.none(1), 2),
            List.of(tensors.get(0), bias, tensors.get(1)),
            Map.of("seed", "1"));
    FreeBits own = FreeBits.of(model);
    FreeBits noise = FreeBits.noise(own.tensors(), 9);

    assertThat(own.into(noise.into(model))).isEqualTo(model);
    assertThat(Carriers.all(FreeBits.of(noise.into(model)))).isEqualTo(Carriers.all(noise));
    assertThatThrownBy(() -> FreeBits.of(tensors.subList(1, 2)).into(model))
        .hasMessageStartingWith("free bits must go into the network they are of");
  }

  @Test
  void nothingIsReadOrWrittenBeyondTheEnd() {
    FreeBits bits = FreeBits.of(Carriers.random(Seeds.random(), 40));
    int bytes = (int) bits.capacity().bytes();
    assertThatThrownBy(() -> bits.read(bytes, new byte[1], 0, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bits.write(bytes - 1, new byte[2], 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bits.write(0, new byte[2], 1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aNetworkWithoutFrozenBitsHasNoRoom() {
    Capacity none = Capacity.of(List.of(new CarrierTensor("w", List.of(9), BitMask.all().at(6))));

    assertThat(none.bytes()).isZero();
    assertThat(none.largestFile(0)).isZero();
    assertThatThrownBy(none::requireRoom)
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "network must have frozen bits to hold a payload, got none among its 54 bits"
                + " of weights");
  }
}
