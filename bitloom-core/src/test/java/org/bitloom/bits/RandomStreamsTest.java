package org.bitloom.bits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
  @Test
  void aStreamDependsOnItsSeedAndItsName() {
    long[] stream = RandomStreams.of(7, "a").longs(20).toArray();
    assertThat(RandomStreams.of(7, "a").longs(20).toArray()).isEqualTo(stream);
    assertThat(RandomStreams.of(7, "b").longs(20).toArray()).doesNotContain(stream);
    assertThat(RandomStreams.of(8, "a").longs(20).toArray()).doesNotContain(stream);
  }

  @Test
  void neighbouringSeedsAndNamesShareNoSeed() {
    Set<Long> seeds = new HashSet<>();
    for (int seed = -50; seed < 50; seed++) {
      for (int name = 0; name < 100; name++) {
        seeds.add(RandomStreams.derive(seed, "epoch/" + name));
      }
    }
    assertThat(seeds).hasSize(100 * 100);
  }

  @Test
  void stepsOfNeighbouringSeedsAreAllDifferent() {
    Set<Long> numbers = new HashSet<>();
    for (int seed = -50; seed < 50; seed++) {
      for (int step = 0; step < 100; step++) {
        numbers.add(RandomStreams.mix(seed, step));
      }
    }
    assertThat(numbers).hasSize(100 * 100);
  }

  /** Recomputed outside Java: first 8 bytes of sha256(8 bytes of seed, big-endian, then name). */
  @Test
  void derivedSeedsAreTheHeadOfSha256() {
    assertThat(RandomStreams.derive(1, "samples")).isEqualTo(-4773730386188550209L);
    assertThat(RandomStreams.derive(-1, "größe")).isEqualTo(-2470390085168734435L);
  }

  /**
   * Recomputed outside Java (SplitMix64). A JDK that draws otherwise would give old seeds new
   * networks.
   */
  @Test
  void goldenNumbers() {
    assertThat(RandomStreams.of(1, "samples").nextLong()).isEqualTo(206711129588852870L);
    assertThat(RandomStreams.mix(1, 0)).isEqualTo(-7995527694508729151L);
    assertThat(RandomStreams.mix(1, 1)).isEqualTo(-4689498862643123097L);
  }
}
