package org.bitloom.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Checks that a round notices what it is there for. */
class FuzzRoundTest {
  /** A format of a length byte and so many bytes of value. */
  private abstract static class ByteString implements FuzzTarget {
    @Override
    public List<byte[]> seeds() {
      return List.of(new byte[] {3, 10, 20, 30}, new byte[] {0});
    }

    static boolean isWhole(byte[] input) {
      return input.length > 0 && input.length == 1 + (input[0] & 0xff);
    }
  }

  static final class Careful extends ByteString {
    @Override
    public boolean read(byte[] input) {
      return isWhole(input);
    }
  }

  static final class Trusting extends ByteString {
    @Override
    public boolean read(byte[] input) {
      return input[input[0]] >= 0 || isWhole(input);
    }
  }

  static final class Greedy extends ByteString {
    @Override
    public boolean read(byte[] input) {
      int claimed = input.length == 0 ? 0 : (input[0] & 0xff) << 20;
      return new byte[claimed].length == claimed && isWhole(input);
    }
  }

  /** Accepts the good files, which come first, and nothing else. */
  static final class Deaf extends ByteString {
    private int readings;

    @Override
    public boolean read(byte[] input) {
      return readings++ < seeds().size();
    }
  }

  static final class Strict extends ByteString {
    @Override
    public boolean read(byte[] input) {
      return isWhole(input) && input.length > 1;
    }
  }

  @Test
  void aReaderThatKeepsItsPromisesPasses() throws IOException {
    FuzzRound.run(Careful.class);
  }

  @Test
  void anErrorThatIsNotDocumentedIsAFinding() {
    assertThatThrownBy(() -> FuzzRound.run(Trusting.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ArrayIndexOutOfBoundsException")
        .hasMessageContaining("Trusting.finding");
  }

  @Test
  void memoryForALengthThatIsOnlyClaimedIsAFinding() {
    assertThatThrownBy(() -> FuzzRound.run(Greedy.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("reading must take at most 64000000 bytes");
  }

  @Test
  void aGoodFileThatIsRefusedIsAFinding() {
    assertThatThrownBy(() -> FuzzRound.run(Strict.class))
        .isInstanceOf(AssertionError.class)
        .hasMessage("good file 1 must be accepted, was refused");
  }

  @Test
  void aRoundThatNeverGetsBehindTheFirstCheckFails() {
    assertThatThrownBy(() -> FuzzRound.run(Deaf.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("inputs must get behind the first check");
  }

  @Test
  void theSameSeedChangesTheSameBytes() {
    assertThat(changes(7)).isEqualTo(changes(7)).isNotEqualTo(changes(8));
  }

  private static List<String> changes(long seed) {
    List<byte[]> seeds =
        List.of("{\"a\": [1, 22, 333]}".getBytes(StandardCharsets.US_ASCII), new byte[100]);
    Mutator mutator = new Mutator(new SplittableRandom(seed), seeds, List.of(new byte[] {'{'}));
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      changes.add(Arrays.toString(mutator.mutate(mutator.seed())));
    }
    return changes;
  }
}
