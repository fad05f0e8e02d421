package org.bitloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  void everyCallStartsTheSameStream() {
    assertThat(Seeds.random().nextLong()).isEqualTo(Seeds.random().nextLong());
    assertThat(Seeds.random("a").nextLong()).isEqualTo(Seeds.random("a").nextLong());
  }

  @Test
  void purposesHaveStreamsOfTheirOwn() {
    assertThat(Seeds.random("a").nextLong()).isNotEqualTo(Seeds.random("b").nextLong());
    assertThat(Seeds.random("a").nextLong()).isNotEqualTo(Seeds.random().nextLong());
  }

  @Test
  void aSeedThatIsNoNumberIsNamedInTheError() {
    assertThat(Seeds.parse("-7")).isEqualTo(-7);
    assertThatThrownBy(() -> Seeds.parse("seven"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bitloom.seed must be a whole number, got 'seven'");
  }
}
