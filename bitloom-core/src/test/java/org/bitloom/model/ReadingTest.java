package org.bitloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.BitRange;
import org.bitloom.error.UsageException;
import org.bitloom.testkit.Seeds;
import org.bitloom.testkit.Tolerances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadingTest {
  private static final int WEIGHTS = 99;
  private static final int FAN_IN = 33;
  private static final FloatTensor BIAS = new FloatTensor("b", List.of(2), new float[] {1, -1});

  static IntStream depths() {
    return IntStream.rangeClosed(1, BitLayout.MAX_DEPTH);
  }

  private static BitModel model(BitTensor... tensors) {
    List<ModelTensor> all = new java.util.ArrayList<>(List.of(tensors));
    all.add(BIAS);
    return new BitModel(
        Architecture.opaque("own"),
        new Task(List.of(3), Normalization.none(3), 2),
        all,
        Map.of("data", "mnist"));
  }

  private static BitTensor tensor(BitLayout layout, int[] codes) {
    return new BitTensor("w", List.of(3, FAN_IN), layout, 0.37f, codes);
  }

  private static BitTensor random(BitLayout layout) {
    int every = -1 >>> (32 - layout.depth());
    SplittableRandom random = Seeds.random("codes");
    return tensor(layout, random.ints(WEIGHTS).map(code -> code & every).toArray());
  }

  private static BitTensor read(Reading reading, BitTensor tensor) {
    BitModel model = reading.of(model(tensor));
    assertThat(model.tensors().get(1)).isEqualTo(BIAS);
    assertThat(model.provenance()).isEqualTo(Map.of("data", "mnist"));
    return (BitTensor) model.tensors().get(0);
  }

  private static Reading part(int high, int low) {
    return new Reading(0, 1, Optional.of(new BitRange(high, low)), 0);
  }

  private static Reading drop(int bits) {
    return new Reading(0, 1, Optional.empty(), bits);
  }

  private static Reading noise(double share, long seed) {
    return new Reading(share, seed, Optional.empty(), 0);
  }

  /** Composes an integer weight from single bits, {@code high} being the sign. */
  private static double naive(int code, int high, int low) {
    double magnitude = high == low ? 1 : 0;
    for (int bit = low; bit < high; bit++) {
      magnitude += (code >>> bit & 1) * Math.pow(2, bit - low);
    }
    return (code >>> high & 1) == 1 ? -magnitude : magnitude;
  }

  @ParameterizedTest
  @MethodSource("depths")
  void aTopPartKeepsWhatEveryBitIsWorth(int depth) {
    BitTensor tensor = random(BitMask.top(Math.min(3, depth)).at(depth));
    for (int low = 0; low < depth - 1; low++) {
      float[] weights = read(part(depth - 1, low), tensor).weights();
      for (int i = 0; i < WEIGHTS; i++) {
        double expected = 0.37f * Math.pow(2, low) * naive(tensor.code(i), depth - 1, low);
        assertThat((double) weights[i])
            .as("bits %d..%d, weight %d, seed %d", depth - 1, low, i, Seeds.CURRENT)
            .isCloseTo(expected, within(Math.abs(expected) * Tolerances.FLOAT_CHAIN));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void aTopPartIsWhatIsLeftWhenLowBitsAreDropped(int depth) {
    BitTensor tensor = random(BitMask.all().at(depth));
    for (int low = 0; low < depth - 1; low++) {
      assertThat(read(part(depth - 1, low), tensor).weights())
          .as("bits %d..%d", depth - 1, low)
          .isEqualTo(read(drop(low), tensor).weights());
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void droppedBitsAreZeroAndNothingElseChanges(int depth) {
    BitTensor tensor = random(BitMask.sign().at(depth));
    for (int dropped = 0; dropped < depth; dropped++) {
      BitTensor found = read(drop(dropped), tensor);
      for (int i = 0; i < WEIGHTS; i++) {
        for (int bit = 0; bit < depth; bit++) {
          int expected = bit < dropped ? 0 : tensor.code(i) >>> bit & 1;
          assertThat(found.code(i) >>> bit & 1).as("weight %d, bit %d", i, bit).isEqualTo(expected);
        }
      }
      assertThat(found.scale()).isEqualTo(tensor.scale());
      assertThat(found.layout()).isEqualTo(tensor.layout());
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void aLowPartIsANetworkOfItsOwnWithHesDeviation(int depth) {
    BitTensor tensor = random(BitMask.sign().at(depth));
    for (int high = 0; high < depth - 1; high++) {
      for (int low = 0; low <= high; low++) {
        double[] values = new double[WEIGHTS];
        double mean = 0;
        for (int i = 0; i < WEIGHTS; i++) {
          values[i] = naive(tensor.code(i), high, low);
          mean += values[i] / WEIGHTS;
        }
        double variance = 0;
        for (double value : values) {
          variance += (value - mean) * (value - mean) / WEIGHTS;
        }
        double scale = Math.sqrt(2.0 / FAN_IN / variance);
        float[] weights = read(part(high, low), tensor).weights();
        for (int i = 0; i < WEIGHTS; i++) {
          assertThat((double) weights[i])
              .as("bits %d..%d, weight %d, seed %d", high, low, i, Seeds.CURRENT)
              .isCloseTo(
                  scale * values[i], within(scale * Math.abs(values[i]) * Tolerances.FLOAT_CHAIN));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void theSignAloneStandsForAWeightOfMeanSize(int depth) {
    BitTensor tensor = random(BitMask.all().at(depth));
    double size = 0;
    for (float weight : tensor.weights()) {
      size += Math.abs(weight) / (double) WEIGHTS;
    }
    BitTensor found = read(part(depth - 1, depth - 1), tensor);
    for (int i = 0; i < WEIGHTS; i++) {
      double expected = (tensor.code(i) >>> (depth - 1) & 1) == 1 ? -size : size;
      assertThat((double) found.weights()[i])
          .isCloseTo(expected, within(size * Tolerances.FLOAT_CHAIN));
    }
  }

  @Test
  void aPartTellsWhichOfItsBitsWereTrained() {
    BitTensor tensor = random(BitMask.parse("110100").at(6));
    assertThat(read(part(5, 3), tensor).layout().mask()).isEqualTo("110");
    assertThat(read(part(3, 1), tensor).layout().mask()).isEqualTo("010");
    assertThat(read(part(1, 0), tensor).layout().mask()).isEqualTo("11");
  }

  @Test
  void zerosHaveAScaleTooInEveryPart() {
    BitTensor zeros = tensor(BitMask.all().at(6), new int[WEIGHTS]);
    for (int high = 0; high < 6; high++) {
      for (int low = 0; low <= high; low++) {
        assertThat(read(part(high, low), zeros).scale()).isPositive().isFinite();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("depths")
  void noiseTouchesFreeBitsOnlyAndAsManyAsItShould(int depth) {
    if (depth == 1) {
      return; // its only bit is trained
    }
    int trained = 0x5555_5555 & -1 >>> (32 - depth);
    int[] codes = new int[6000];
    BitLayout layout = new BitLayout(depth, trained);
    BitTensor zeros = new BitTensor("w", List.of(60, 100), layout, 1, codes);
    int changed = 0;
    for (int code : read(noise(0.5, 3), zeros).codes()) {
      assertThat(code & trained).isZero();
      changed += Integer.bitCount(code);
    }
    int free = 6000 * layout.frozenBits().length;
    assertThat((double) changed / free).isCloseTo(0.25, within(Tolerances.sampleShare(free)));
  }

  @Test
  void noiseDependsOnItsSeedAndOnTheLayerAndGrowsWithItsShare() {
    BitTensor tensor = random(BitMask.top(3).at(16));
    BitTensor other =
        new BitTensor("other", tensor.shape(), tensor.layout(), tensor.scale(), tensor.codes());
    BitModel noisy = noise(0.3, 1).of(model(tensor, other));
    int[] first = ((BitTensor) noisy.tensors().get(0)).codes();
    assertThat(first).isEqualTo(read(noise(0.3, 1), tensor).codes());
    assertThat(first).isNotEqualTo(((BitTensor) noisy.tensors().get(1)).codes());
    assertThat(first).isNotEqualTo(read(noise(0.3, 2), tensor).codes());
    int[] more = read(noise(0.8, 1), tensor).codes();
    for (int i = 0; i < WEIGHTS; i++) {
      int changed = first[i] ^ tensor.code(i);
      assertThat((more[i] ^ tensor.code(i)) & changed).as("weight %d", i).isEqualTo(changed);
    }
  }

  @Test
  void readingsFollowEachOtherFromNoiseToPartToDroppedBits() {
    BitTensor tensor = random(BitMask.top(3).at(16));
    BitRange range = new BitRange(15, 8);
    BitTensor noisy = read(noise(0.4, 5), tensor);
    BitTensor expected = read(drop(2), read(part(15, 8), noisy));
    assertThat(read(new Reading(0.4, 5, Optional.of(range), 2), tensor)).isEqualTo(expected);
  }

  @Test
  void aPlainReadingLeavesAnyModelAsItIs() {
    BitModel model = model(random(BitMask.all().at(6)));
    assertThat(Reading.PLAIN.of(model)).isSameAs(model);
    BitModel floats = model();
    assertThat(Reading.PLAIN.of(floats)).isSameAs(floats);
  }

  private static void assertRefused(Reading reading, BitModel model, String message) {
    assertThatThrownBy(() -> reading.of(model))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void whatAModelDoesNotHaveIsRefused() {
    BitModel six = model(random(BitMask.all().at(6)));
    String noBits =
        "the model must have bit-wise weights to be read in part, all of its are floats";
    assertRefused(part(5, 3), model(), noBits);
    assertRefused(drop(1), model(), noBits);
    assertRefused(noise(0.1, 1), model(), noBits);
    assertRefused(
        noise(0.1, 1),
        six,
        "the model must have free bits to be drawn anew, all of its are trained");
    assertRefused(part(6, 3), six, "bits must be within 5..0 in w of depth 6, got 6..3");
    assertRefused(drop(6), six, "dropped bits must be 0..5 in w of depth 6, got 6");
    assertRefused(
        new Reading(0, 1, Optional.of(new BitRange(5, 3)), 3),
        six,
        "dropped bits must be 0..2 in w of depth 3, got 3");
  }

  @Test
  void bitsWithoutTheSignOfAnyNetworkAreRemarkedOn() {
    BitModel outer = model(random(BitMask.top(3).at(8)));
    assertThat(part(5, 3).remark(outer))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("bits 5..3 lack the sign of the weights, which is bit 7")
                    .endsWith("; 7..5 are as many bits with their sign"));
    assertThat(part(7, 5).remark(outer)).isEmpty();
    assertThat(Reading.PLAIN.remark(outer)).isEmpty();
    int[] codes = ((BitTensor) outer.tensors().get(0)).codes();
    for (int i = 0; i < codes.length; i++) {
      codes[i] &= 15;
    }
    BitModel both = outer.around(model(tensor(BitMask.all().at(4), codes)));
    assertThat(part(3, 0).remark(both)).as("the nested network").isEmpty();
    assertThat(part(3, 1).remark(both)).as("its top").isEmpty();
    assertThat(part(4, 0).remark(both)).isPresent();
  }

  @Test
  void impossibleReadingsAreRefused() {
    for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> noise(share, 1))
          .isInstanceOf(UsageException.class)
          .hasMessage("share of redrawn bits must be 0..1, got " + share);
    }
    assertThatThrownBy(() -> drop(-1))
        .isInstanceOf(UsageException.class)
        .hasMessage("dropped bits must be at least 0, got -1");
  }
}
