package org.bitloom.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bitloom.seal.AgeFiles.ascii;
import static org.bitloom.seal.AgeFiles.base64;
import static org.bitloom.seal.AgeFiles.filled;
import static org.bitloom.seal.AgeFiles.header;
import static org.bitloom.seal.AgeFiles.joined;
import static org.bitloom.seal.AgeFiles.mac;
import static org.bitloom.seal.AgeFiles.otherBase64;
import static org.bitloom.seal.AgeFiles.scrypt;
import static org.bitloom.seal.AgeFiles.x25519;
import static org.bitloom.seal.AgeRules.Case.damaged;
import static org.bitloom.seal.AgeRules.Case.opens;
import static org.bitloom.seal.AgeRules.Case.wrongKey;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bitloom.payload.PayloadException;
import org.bitloom.payload.PayloadException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the age format about headers, as a file that keeps it and files that break it. */
class AgeHeaderTest {
  private static final byte[] PLAIN = ascii("plain text");
  private static final byte[] PAYLOAD = AgeFiles.payload(PLAIN);
  private static final String VERSION = "age-encryption.org/v1\n";
  private static final String SALT = base64(AgeFiles.salt());

  private static byte[] file(String... stanzas) {
    return joined(header(stanzas), PAYLOAD);
  }

  /** Makes a file of a header written out by hand, whose MAC line is given too. */
  private static byte[] written(String header, String end) {
    return joined(ascii(header + end), PAYLOAD);
  }

  static Stream<AgeRules.Case> stanzas() {
    String grease = "-> 7x-grease w0rd\n" + base64(filled(7, 9)) + "\n";
    return Stream.of(
        opens("one recipient", file(x25519())),
        opens("another recipient before", file(x25519(AgeFiles.share(), filled(32, 1)), x25519())),
        opens("a type that nobody knows", file("-> !~ ~! #$%\n\n", x25519())),
        opens("grease around", file(grease, x25519(), grease)),
        opens("no arguments and no body", file("-> empty\n\n", x25519())),
        opens(
            "a body of one full line",
            file("-> full\n" + AgeFiles.wrapped(filled(48, 1)), x25519())),
        opens(
            "a body of three lines", file("-> long\n" + AgeFiles.wrapped(filled(99, 1)), x25519())),
        damaged("no stanza", file(), "byte 22: line must begin with '-> '"),
        damaged("no space behind the arrow", file("->X25519 a\n\n"), "must begin with '-> '"),
        damaged("another arrow", file("--> X25519 a\n\n"), "must begin with '-> '"),
        damaged("an empty type", file("-> \n\n", x25519()), "words of visible ASCII"),
        damaged("an empty argument", file("-> a  b\n\n", x25519()), "words of visible ASCII"),
        damaged("a space at the end", file("-> a b \n\n", x25519()), "words of visible ASCII"),
        damaged("a tab", file("-> a\tb\n\n", x25519()), "words of visible ASCII"),
        damaged("a letter beyond ASCII", file("-> a\u00e4\n\n", x25519()), "visible ASCII"),
        damaged("no body", file("-> a b\n", x25519()), "body must be canonical base64"),
        damaged("no short line", file("-> a\n" + "A".repeat(64) + "\n", x25519()), "canonical"),
        damaged("a line too long", file("-> a\n" + "A".repeat(68) + "\n\n"), "at most 64 letters"),
        damaged("two short lines", file("-> a\nAAAA\nAAAA\n", x25519()), "must begin with '-> '"),
        damaged("padding", file("-> a\nAA==\n", x25519()), "without padding"),
        damaged("another spelling", file("-> a\nAB\n", x25519()), "canonical base64"),
        damaged("a space in a body", file("-> a\nAA AA\n", x25519()), "canonical base64"),
        damaged("a carriage return", file("-> a\r\nAAAA\r\n", x25519()), "visible ASCII"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stanzas")
  void stanzasKeepTheRules(AgeRules.Case one) throws IOException {
    one.check(AgeRules.IDENTITY, PLAIN);
  }

  static Stream<AgeRules.Case> ends() {
    String text = VERSION + scrypt();
    String mac = base64(mac(text));
    return Stream.of(
        opens("the right MAC", written(text, "--- " + mac + "\n")),
        damaged("a wrong MAC", written(text, "--- " + base64(filled(32, 1)) + "\n"), "its MAC is"),
        damaged("no MAC line", written(text, ""), "age header, byte "),
        damaged("no MAC", written(text, "---\n"), "line must begin with"),
        damaged("no space", written(text, "---" + mac + "\n"), "line must begin with"),
        damaged("two spaces", written(text, "---  " + mac + "\n"), "43 letters"),
        damaged("a space behind", written(text, "--- " + mac + " \n"), "43 letters"),
        damaged("padding", written(text, "--- " + mac + "=\n"), "43 letters"),
        damaged("a letter fewer", written(text, "--- " + mac.substring(1) + "\n"), "43 letters"),
        damaged("no letter", written(text, "--- " + "-".repeat(43) + "\n"), "43 letters"),
        damaged(
            "another spelling", written(text, "--- " + otherBase64(mac(text)) + "\n"), "canonical"),
        damaged("a carriage return", written(text, "--- " + mac + "\r\n"), "43 letters"),
        damaged(
            "another version",
            written(text.replace("v1", "v2"), "--- " + mac + "\n"),
            "must be of version v1, found 'v2'"),
        damaged(
            "a carriage return in the version",
            written(text.replace("v1", "v1\r"), "--- " + mac + "\n"),
            "found a carriage return"),
        damaged("another format", ascii("age-crypt.org/v1\n"), "first line must be"),
        damaged("nothing", new byte[0], "byte 0: header must be whole"),
        damaged(
            "a header without end",
            ascii(VERSION + "-> a\n" + ("A".repeat(64) + "\n").repeat(1100)),
            "at most 65536 bytes"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ends")
  void firstAndLastLineKeepTheRules(AgeRules.Case one) throws IOException {
    one.check(AgeRules.PASSPHRASE, PLAIN);
  }

  static Stream<AgeRules.Case> scryptStanzas() {
    byte[] salt = AgeFiles.salt();
    String body = base64(AgeFiles.scryptBody());
    return Stream.of(
        opens("the usual one", file(scrypt())),
        damaged("with a key", file(scrypt(), x25519()), "scrypt must be the only one, found 2"),
        damaged("after a key", file(x25519(), scrypt()), "scrypt must be the only one, found 2"),
        damaged("two of them", file(scrypt(), scrypt()), "scrypt must be the only one, found 2"),
        damaged("with grease", file("-> a-grease\n\n", scrypt()), "must be the only one"),
        damaged("no arguments", file("-> scrypt\n" + body + "\n"), "found 0 arguments"),
        damaged("no work", file("-> scrypt " + SALT + "\n" + body + "\n"), "found 1 argument"),
        damaged("an argument more", file(scrypt(SALT, "2 2")), "found 3 arguments"),
        damaged("a short salt", file(scrypt(base64(filled(15, 1)), "2")), "salt of 16 bytes"),
        damaged("a long salt", file(scrypt(base64(filled(17, 1)), "2")), "salt of 16 bytes"),
        damaged("a padded salt", file(scrypt(SALT + "==", "2")), "canonical base64"),
        damaged("a salt spelled otherwise", file(scrypt(otherBase64(salt), "2")), "canonical"),
        damaged("no salt in base64", file(scrypt("-".repeat(22), "2")), "canonical base64"),
        damaged("work 0", file(scrypt(SALT, "0")), "without a leading zero, found 0"),
        damaged("work 02", file(scrypt(SALT, "02")), "without a leading zero, found 02"),
        damaged("work -2", file(scrypt(SALT, "-2")), "found -2"),
        damaged("work +2", file(scrypt(SALT, "+2")), "found +2"),
        damaged("work 2x", file(scrypt(SALT, "2x")), "found 2x"),
        damaged("work 0x2", file(scrypt(SALT, "0x2")), "found 0x2"),
        damaged("work 23", file(scrypt(SALT, "23")), "at most 22, found 23"),
        damaged("work 200", file(scrypt(SALT, "200")), "at most 22, found 200"),
        damaged("a work of 30 digits", file(scrypt(SALT, "9".repeat(30))), "at most 22, found 99"),
        damaged("a short body", scryptBody(31), "body of 32 bytes, found 31"),
        damaged("a long body", scryptBody(33), "body of 32 bytes, found 33"),
        damaged("no body", scryptBody(0), "body of 32 bytes, found 0"),
        wrongKey("another body", scryptBody(32), "the key given does not open it"),
        wrongKey("another work", file(scrypt(SALT, "3")), "the key given does not open it"),
        wrongKey("a type of another case", file(scrypt().replace("sc", "Sc")), "1 x Scrypt"),
        wrongKey("no passphrase at all", file(x25519()), "another kind of key"));
  }

  private static byte[] scryptBody(int bytes) {
    return file("-> scrypt " + SALT + " 2\n" + AgeFiles.wrapped(filled(bytes, 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scryptStanzas")
  void passphrasesKeepTheRules(AgeRules.Case one) throws IOException {
    one.check(AgeRules.PASSPHRASE, PLAIN);
  }

  static Stream<AgeRules.Case> x25519Stanzas() {
    byte[] share = AgeFiles.share();
    byte[] body = AgeFiles.x25519Body();
    String good = base64(share);
    return Stream.of(
        damaged("no share", named("X25519", body), "found 0 arguments"),
        damaged("an argument more", named("X25519 " + good + " a", body), "found 2 arguments"),
        damaged("a short share", x(filled(31, 9), body), "share of 32 bytes"),
        damaged("a long share", x(filled(33, 9), body), "share of 32 bytes"),
        damaged("a padded share", named("X25519 " + good + "=", body), "canonical base64"),
        damaged("spelled otherwise", named("X25519 " + otherBase64(share), body), "canonical"),
        damaged("a share of zero", x(new byte[32], body), "a point of low order"),
        damaged("a share of one", x(new byte[] {1}, 32, body), "a point of low order"),
        damaged("a short body", x(share, filled(31, 1)), "body of 32 bytes, found 31"),
        damaged("a long body", x(share, filled(48, 1)), "body of 32 bytes, found 48"),
        wrongKey("another body", x(share, filled(32, 1)), "none of the 1 identities given"),
        wrongKey("another share", x(filled(32, 9), body), "none of the 1 identities given"),
        wrongKey("another case", named("x25519 " + good, body), "1 x x25519"),
        wrongKey("keys of SSH", file("-> ssh-rsa a\n\n"), "of the kind X25519"),
        wrongKey("a passphrase", file(scrypt()), "another kind of key"));
  }

  private static byte[] named(String words, byte[] body) {
    return file("-> " + words + "\n" + AgeFiles.wrapped(body));
  }

  private static byte[] x(byte[] share, byte[] body) {
    return file(x25519(share, body));
  }

  private static byte[] x(byte[] start, int bytes, byte[] body) {
    return x(Arrays.copyOf(start, bytes), body);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("x25519Stanzas")
  void recipientsKeepTheRules(AgeRules.Case one) throws IOException {
    one.check(AgeRules.IDENTITY, PLAIN);
  }

  @Test
  void aWrongIdentityFileIsToldWhoCanOpenItAndNothingOfPassphrases() {
    AgeKey strangers = AgeKey.identities(List.of(AgeFiles.identity(7), AgeFiles.identity(8)));
    PayloadException refusal =
        AgeRules.refusal(strangers, file(x25519(), "-> ssh-ed25519 a b\n\n", "-> x-grease\n\n"));
    assertThat(refusal.kind()).isEqualTo(Kind.WRONG_KEY);
    assertThat(refusal)
        .hasMessage(
            "payload is encrypted for recipients of the kind 1 x X25519, 1 x ssh-ed25519, and none"
                + " of the 2 identities given opens it");
    assertThat(refusal.getMessage() + refusal.hint()).doesNotContain("passphrase");
  }

  @Test
  void withoutAKeyTheHintNamesTheOneThatWouldOpenIt() {
    assertThat(AgeRules.refusal(AgeKey.NONE, file(x25519())).hint()).contains("--identity-file");
    PayloadException locked = AgeRules.refusal(AgeKey.NONE, file(scrypt()));
    assertThat(locked.kind()).isEqualTo(Kind.KEY_NEEDED);
    assertThat(locked.hint()).startsWith("give --passphrase-file");
  }

  @Test
  void aChangedWordOfAnotherRecipientIsAChangedHeader() {
    byte[] file = file("-> other word\n\n", x25519());
    file[VERSION.length() + "-> other w".length()] = 'a';
    PayloadException refusal = AgeRules.refusal(AgeRules.IDENTITY, file);
    assertThat(refusal.kind()).isEqualTo(Kind.DAMAGED);
    assertThat(refusal).hasMessageStartingWith("age header was damaged or changed");
  }
}
