package org.bitloom.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.SignMagnitude;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.payload.FreeBits;
import org.bitloom.payload.PayloadException;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a payload survives and what it does not: the table of docs/payloads.md. */
class SurvivalTest {
  private static final int COLUMNS = 100;

  private byte[] content;
  private BitModel carrier;

  @BeforeEach
  void embed() throws IOException {
    content = Samples.content("random", 4000);
    carrier = Payloads.embed(Samples.model(16, "top3", 100), Samples.file(content), ecc(), 3);
  }

  private static Sealing ecc() {
    return new Sealing(false, Optional.empty(), true);
  }

  private static BitModel with(BitModel model, UnaryOperator<BitTensor> change) {
    return model.with(
        model.tensors().stream()
            .map(t -> t instanceof BitTensor bits ? (ModelTensor) change.apply(bits) : t)
            .toList());
  }

  private static BitTensor codes(BitTensor tensor, int[] codes) {
    return new BitTensor(tensor.name(), tensor.shape(), tensor.layout(), tensor.scale(), codes);
  }

  private void assertSurvives(BitModel changed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Payloads.extract(FreeBits.of(changed), AgeKey.NONE, out);
    assertThat(out.toByteArray()).isEqualTo(content);
  }

  private static void assertLost(BitModel changed) {
    assertThatThrownBy(
            () -> Payloads.extract(FreeBits.of(changed), AgeKey.NONE, new ByteArrayOutputStream()))
        .isInstanceOf(PayloadException.class);
  }

  @Test
  void survivesTrainingOfTheTrainedBitsAndAnotherScale() throws IOException {
    assertSurvives(
        with(
            carrier,
            t -> {
              int[] flips = Seeds.random().ints(t.size()).toArray();
              int[] codes = t.codes();
              Arrays.setAll(codes, i -> codes[i] ^ (flips[i] & t.layout().trained()));
              return new BitTensor(t.name(), t.shape(), t.layout(), t.scale() * 2, codes);
            }));
  }

  @Test
  void isLostWhenLowBitsAreDropped() {
    assertLost(
        with(carrier, t -> codes(t, Arrays.stream(t.codes()).map(code -> code & ~1).toArray())));
  }

  @Test
  void isLostWhenWeightsAreQuantizedAnew() {
    BitLayout layout = BitMask.top(3).at(8);
    assertLost(
        with(
            carrier,
            t -> {
              int[] codes = new int[t.size()];
              float step = t.scale() * (1 << 8);
              for (int i = 0; i < codes.length; i++) {
                float weight = SignMagnitude.weight(t.code(i), 16, t.scale());
                int magnitude = Math.min(127, Math.round(Math.abs(weight) / step));
                codes[i] = (weight < 0 ? 1 << 7 : 0) | magnitude;
              }
              return new BitTensor(t.name(), t.shape(), layout, step, codes);
            }));
  }

  @Test
  void isLostWhenNeuronsChangePlaces() {
    assertLost(
        with(
            carrier,
            t -> {
              int[] codes = new int[t.size()];
              for (int i = 0; i < codes.length; i++) { // the network computes the same
                codes[i] = t.code((i + COLUMNS) % codes.length);
              }
              return codes(t, codes);
            }));
  }

  @Test
  void aFewWrongWeightsAreRepaired() throws IOException {
    assertSurvives(
        with(
            carrier,
            t -> {
              int[] codes = t.codes();
              codes[codes.length / 2] ^= 0x1FFF;
              return codes(t, codes);
            }));
  }

  @Test
  void isLostWhenTheFreeBitsAreDrawnAnew() {
    assertLost(FreeBits.noise(FreeBits.of(carrier).tensors(), 9).into(carrier));
  }
}
