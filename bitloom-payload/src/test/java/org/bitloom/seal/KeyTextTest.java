package org.bitloom.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.bitloom.seal.AgeFiles.bech32;
import static org.bitloom.seal.AgeFiles.filled;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitloom.error.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys as people type them, and points that are no keys. */
class KeyTextTest {
  private static final String LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final String PUBLIC = bech32("age", AgeFiles.recipient());
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  @Test
  void theKeysOfTheSpecificationAreRead() {
    AgeLock.recipients(List.of("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"));
    AgeKey.identities(
        List.of("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"));
    assertThat(KeyText.decode("age", PUBLIC)).isEqualTo(AgeFiles.recipient());
  }

  /** Writes five-bit groups with a right checksum, whatever they mean. */
  private static String checked(String word, int[] groups) {
    int[] generator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    int sum = 1;
    StringBuilder text = new StringBuilder(word + "1");
    int[] expanded =
        Stream.of(
                word.chars().map(c -> c >> 5),
                IntStream.of(0),
                word.chars().map(c -> c & 31),
                IntStream.of(groups),
                IntStream.of(new int[6]))
            .flatMapToInt(part -> part)
            .toArray();
    for (int group : expanded) {
      int top = sum >>> 25;
      sum = ((sum & 0x1ffffff) << 5) ^ group;
      for (int i = 0; i < 5; i++) {
        sum ^= ((top >> i) & 1) == 1 ? generator[i] : 0;
      }
    }
    for (int group : groups) {
      text.append(LETTERS.charAt(group));
    }
    for (int i = 0; i < 6; i++) {
      text.append(LETTERS.charAt(((sum ^ 1) >> (5 * (5 - i))) & 31));
    }
    return text.toString();
  }

  private static int[] groups(int count) {
    return PUBLIC.substring(4, 4 + count).chars().map(LETTERS::indexOf).toArray();
  }

  @Test
  void paddingOfOnesIsRefused() {
    assertThat(checked("age", groups(52))).isEqualTo(PUBLIC);
    for (int bits = 1; bits < 16; bits++) {
      int[] loose = groups(52);
      loose[51] |= bits;
      assertRefused(checked("age", loose), "padding is not zero");
    }
  }

  @Test
  void aGroupTooManyOrTooFewIsRefused() {
    assertRefused(checked("age", Arrays.copyOf(groups(52), 53)), "it holds 33 bytes");
    assertRefused(checked("age", groups(51)), "it holds 31 bytes");
    assertRefused(checked("age", new int[0]), "it holds 0 bytes");
    assertRefused(checked("age", new int[600]), "by its checksum");
  }

  @Test
  void otherCasesAndWordsAreRefused() {
    assertRefused(PUBLIC.substring(0, 20) + PUBLIC.substring(20).toUpperCase(Locale.ROOT), "mixed");
    assertRefused(PUBLIC.toUpperCase(Locale.ROOT), "does not begin with age1");
    assertRefused(checked("aga", groups(52)), "does not begin with age1");
    assertRefused(PUBLIC.substring(0, PUBLIC.length() - 1), "by its checksum");
    assertRefused(PUBLIC.replaceAll(".$", "b"), "by its checksum");
    assertRefused(PUBLIC.replace('q', '\u212a'), "");
    assertRefused("age1pq" + PUBLIC.substring(4), "by its checksum");
    assertRefused("age1tag1" + PUBLIC.substring(4), "keys of the kind age1tag are not supported");
    assertRefused("ssh-ed25519 AAAA", "keys of SSH are not supported");
  }

  private static void assertRefused(String recipient, String words) {
    assertThatThrownBy(() -> AgeLock.recipients(List.of(recipient)))
        .as(recipient)
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("recipient must be a public key age1..., got '")
        .hasMessageContaining(words);
  }

  @Test
  void aSecretKeyIsNeverShown() {
    String secret = AgeFiles.identity();
    for (String line : List.of(secret + "q", secret.toLowerCase(Locale.ROOT), secret + " x")) {
      Throwable asIdentity = catchThrowable(() -> AgeKey.identities(List.of(line)));
      Throwable asRecipient = catchThrowable(() -> AgeLock.recipients(List.of(line)));
      assertThat(asIdentity).isInstanceOf(UsageException.class);
      assertThat(asRecipient).isInstanceOf(UsageException.class).hasMessageContaining("secret key");
      for (Throwable thrown : List.of(asIdentity, asRecipient)) {
        assertThat(thrown.getMessage().toUpperCase(Locale.ROOT))
            .doesNotContain(secret.substring(17, 24));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj, it is a public key",
    "ssh-ed25519 AAAA, keys of SSH",
    "-----BEGIN OPENSSH PRIVATE KEY-----, keys of SSH",
    "AGE-PLUGIN-YUBIKEY-1QQQ, keys of plugins",
    "age-secret-key-1qqq, does not begin with AGE-SECRET-KEY-1"
  })
  void otherLinesOfAnIdentityFileAreToldApart(String line, String words) {
    assertThatThrownBy(() -> AgeKey.identities(List.of("# keys", line)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("line 2 is not one")
        .hasMessageContaining(words);
  }

  /** Returns the points of orders 1, 2, 4 and 8 in every spelling of 255 and of 256 bits. */
  static Stream<BigInteger> lowOrderPoints() {
    BigInteger eight =
        new BigInteger(
            "325606250916557431795983626356110631294008115727848805560023387167927233504");
    BigInteger otherEight =
        new BigInteger(
            "39382357235489614581723060781553021112529911719440698176882885853963445705823");
    List<BigInteger> points =
        List.of(BigInteger.ZERO, BigInteger.ONE, eight, otherEight, P.subtract(BigInteger.ONE));
    return points.stream()
        .flatMap(point -> Stream.of(point, point.add(P)))
        .filter(point -> point.bitLength() <= 255)
        .flatMap(point -> Stream.of(point, point.setBit(255)));
  }

  private static byte[] littleEndian(BigInteger point) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < 32; i++) {
      bytes[i] = point.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lowOrderPoints")
  void aRecipientOfLowOrderIsRefusedWithTheReason(BigInteger point) {
    assertRefused(bech32("age", littleEndian(point)), "a point of low order");
  }

  @Test
  void otherPointsAreKeys() {
    assertThat(LowOrderPoint.is(AgeFiles.recipient())).isFalse();
    assertThat(LowOrderPoint.is(littleEndian(BigInteger.valueOf(9)))).isFalse();
    assertThat(LowOrderPoint.is(filled(32, 0x7F))).isFalse();
  }
}
