package org.bitloom.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bitloom.seal.AgeFiles.PIECE;
import static org.bitloom.seal.AgeFiles.ascii;
import static org.bitloom.seal.AgeFiles.filled;
import static org.bitloom.seal.AgeFiles.header;
import static org.bitloom.seal.AgeFiles.joined;
import static org.bitloom.seal.AgeFiles.payload;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bitloom.payload.PayloadException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule of the age format about what follows the header. */
class AgePayloadTest {
  private static final byte[] HEADER = header(AgeFiles.scrypt());
  private static final byte[] FULL = filled(PIECE, 7);

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {0, 1, 15, 16, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 5})
  void everyLengthComesBack(int bytes) throws IOException {
    byte[] plain = filled(bytes, 3);
    byte[] file = AgeFiles.file(plain);
    assertThat(AgeRules.opened(AgeRules.PASSPHRASE, file)).isEqualTo(plain);
  }

  static Stream<AgeRules.Case> broken() {
    byte[] text = ascii("text");
    byte[] two = payload(joined(FULL, text));
    return Stream.of(
        of("no nonce", new byte[0], "at least 32 bytes after its header, found 0"),
        of("half a nonce", filled(8, 1), "at least 32 bytes after its header, found 8"),
        of("no piece", filled(16, 1), "at least 32 bytes after its header, found 16"),
        of("half a tag", filled(24, 1), "at least 32 bytes after its header, found 24"),
        of("no last piece", payload(List.of(FULL, FULL), 2), "a piece of it"),
        of("a single one not marked as last", payload(List.of(text), 1), "a piece of it"),
        of("an empty last piece", payload(List.of(FULL, new byte[0]), 1), "a piece of it"),
        of("two last pieces", payload(List.of(FULL, FULL), 0), "a piece of it"),
        of("a short piece before the last", payload(List.of(text, text), 1), "a piece of it"),
        of("pieces in another order", swapped(payload(List.of(FULL, FULL, text), 2)), "a piece"),
        of("the last piece left out", Arrays.copyOf(two, 16 + PIECE + 16), "a piece of it"),
        of("a byte more", joined(two, new byte[1]), "a piece of it"),
        of("a piece more", joined(two, filled(PIECE + 16, 1)), "a piece of it"),
        of("a byte fewer", Arrays.copyOf(two, two.length - 1), "a piece of it"),
        of("another nonce", flipped(two, 3), "a piece of it"),
        of("a flipped bit in the first piece", flipped(two, 99), "a piece of it"),
        of("a flipped bit in the last tag", flipped(two, two.length - 1), "a piece of it"));
  }

  private static AgeRules.Case of(String name, byte[] payload, String words) {
    return AgeRules.Case.damaged(name, joined(HEADER, payload), words);
  }

  private static byte[] flipped(byte[] payload, int at) {
    byte[] flipped = payload.clone();
    flipped[at] ^= 1;
    return flipped;
  }

  private static byte[] swapped(byte[] payload) {
    int piece = PIECE + 16;
    byte[] swapped = payload.clone();
    System.arraycopy(payload, 16, swapped, 16 + piece, piece);
    System.arraycopy(payload, 16 + piece, swapped, 16, piece);
    swapped[16] ^= 1; // the pieces are equal before encryption, not after; make sure of it
    return swapped;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void whatIsNotAsItWasEncryptedIsRefused(AgeRules.Case one) throws IOException {
    one.check(AgeRules.PASSPHRASE, new byte[0]);
  }

  @Test
  void aFileCutAtAnyByteIsOneClearErrorEach() {
    byte[] file = joined(header(AgeFiles.x25519()), payload(ascii("text")));
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThat(AgeRules.refusal(AgeRules.IDENTITY, cut).kind())
          .as("%d bytes", length)
          .isEqualTo(Kind.DAMAGED);
    }
  }

  @Test
  void aFlippedBitAnywhereIsRefused() {
    byte[] file = joined(header(AgeFiles.x25519()), payload(ascii("text")));
    for (int bit = 0; bit < 8 * file.length; bit++) {
      byte[] flipped = file.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(AgeRules.refusal(AgeRules.IDENTITY, flipped)).as("bit %d", bit).isNotNull();
    }
  }
}
