package org.bitloom.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.error.UsageException;
import org.bitloom.model.BitTensor;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadBitsTest {
  @TempDir Path folder;

  @RepeatedTest(20)
  void aNetworkIsFilledAsFreeBitsFillAModel() throws Exception {
    SplittableRandom random = Seeds.random();
    List<BitTensor> drawn = Carriers.random(random, 1, 7, 64, 65, 130, 3);
    FreeBits bits = FreeBits.noise(drawn.stream().map(CarrierTensor::of).toList(), 5);
    PayloadBits payload = PayloadBits.of(bits);
    payload.write(folder.resolve("payload.bits"));
    PayloadBits copy = PayloadBits.read(folder.resolve("payload.bits"));
    assertThat(copy.sha256()).isEqualTo(payload.sha256()).hasSize(64);

    int[][] codes = Carriers.codes(drawn);
    PayloadBits.Source source = copy.source();
    for (int t = 0; t < codes.length; t++) {
      if (drawn.get(t).layout().frozenBits().length > 0) {
        source.fill(drawn.get(t).name(), drawn.get(t).layout(), codes[t]);
      }
    }
    source.requireFit();

    // all but the bits after the last whole byte, which stay as they were drawn
    FreeBits read = FreeBits.of(filled(drawn, codes));
    assertThat(Carriers.all(read)).isEqualTo(Carriers.all(bits));
    for (int t = 0; t < codes.length; t++) {
      int trained = drawn.get(t).layout().trained();
      for (int i = 0; i < codes[t].length; i++) {
        assertThat(codes[t][i] & trained).isEqualTo(drawn.get(t).code(i) & trained);
      }
    }
  }

  private static List<BitTensor> filled(List<BitTensor> drawn, int[][] codes) {
    return IntStream.range(0, codes.length)
        .mapToObj(
            t -> {
              BitTensor old = drawn.get(t);
              return new BitTensor(old.name(), old.shape(), old.layout(), old.scale(), codes[t]);
            })
        .toList();
  }

  @Test
  void bitsOfAnotherNetworkAreRefused() {
    BitLayout layout = BitMask.top(2).at(8);
    SplittableRandom random = Seeds.random();
    BitTensor first = Carriers.tensor(random, 100, layout);
    List<BitTensor> drawn = List.of(first, Carriers.tensor(random, 100, layout));
    FreeBits bits = FreeBits.noise(drawn.stream().map(CarrierTensor::of).toList(), 5);
    PayloadBits.Source source = PayloadBits.of(bits).source();
    source.fill(first.name(), first.layout(), first.codes());
    assertThatThrownBy(source::requireFit)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("bytes of free bits that the payload was laid out for, it has");
  }
}
