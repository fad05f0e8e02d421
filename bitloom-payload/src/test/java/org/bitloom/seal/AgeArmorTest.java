package org.bitloom.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bitloom.seal.AgeFiles.ascii;
import static org.bitloom.seal.AgeRules.Case.damaged;
import static org.bitloom.seal.AgeRules.Case.opens;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule about armor, in which age files are sent as text. */
class AgeArmorTest {
  private static final byte[] PLAIN = ascii("plain text");
  private static final byte[] FILE = AgeFiles.file(PLAIN);
  private static final String TEXT = AgeFiles.armored(FILE, "\n");
  private static final String BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----\n";
  private static final String END = "-----END AGE ENCRYPTED FILE-----\n";

  private static AgeRules.Case bad(String name, String text, String words) {
    return damaged(name, ascii(text), words);
  }

  static Stream<AgeRules.Case> armored() {
    String body = TEXT.substring(BEGIN.length(), TEXT.length() - END.length());
    String first = body.substring(0, 65);
    String last = body.substring(body.lastIndexOf('\n', body.length() - 2) + 1);
    String before = body.substring(0, body.length() - last.length());
    return Stream.of(
        opens("the usual one", ascii(TEXT)),
        opens("lines that end with CRLF", ascii(AgeFiles.armored(FILE, "\r\n"))),
        opens("no line end at the very end", ascii(TEXT.substring(0, TEXT.length() - 1))),
        opens("white space around", ascii(" \r\n\t\n" + TEXT + "\n\r\n \t")),
        bad("words before", "words\n" + TEXT, "first line must be age-encryption.org/v1"),
        bad("words behind", TEXT + "words\n", "found more behind it"),
        bad("a second one behind", TEXT + TEXT, "found more behind it"),
        bad("a headline", TEXT.replace(BEGIN, BEGIN + "Version: 1\n\n"), "canonical base64"),
        bad("another label", TEXT.replace("AGE", "PGP"), "first line must be"),
        bad("a label in lower case", TEXT.replace("AGE ENC", "age enc"), "first line must be"),
        bad("another label at the end", TEXT.replace(END, END.replace("AGE", "PGP")), "line "),
        bad("no end", TEXT.replace(END, ""), "found the end of the file"),
        bad("an empty line first", BEGIN + "\n" + body + END, "line 2"),
        bad("an empty line last", BEGIN + body + "\n" + END, "after a short line"),
        bad("an empty line between", BEGIN + first + "\n" + body.substring(65) + END, "line 3"),
        bad("a space before a line", BEGIN + " " + body + END, "line 2"),
        bad("a space behind a line", TEXT.replace(first, first.strip() + " \n"), "line 2"),
        bad("a space behind the label", TEXT.replace("FILE-----\n", "FILE----- \n"), "line 1"),
        bad("a line too long", TEXT.replace(first, first.strip() + "AAAA\n"), "at most 64"),
        bad("a short line first", BEGIN + "AAAA\n" + body + END, "after a short line"),
        bad("no padding", BEGIN + before + last.replace("=", "") + END, "canonical base64"),
        bad(
            "padding before the last line",
            BEGIN + first.replaceAll("..\n", "==\n") + body + END,
            ""),
        bad("a line end in the padding", BEGIN + before + last.replaceFirst("=", "\n=") + END, ""),
        bad("letters of base64url", TEXT.replace(first, "-".repeat(64) + "\n"), "canonical"),
        bad("a byte of zero", TEXT.replace(first, "\0" + first.substring(1)), "canonical"),
        bad("a checksum as in PGP", BEGIN + body + "=AAAA\n" + END, "after a short line"),
        bad("a carriage return alone", AgeFiles.armored(FILE, "\r"), "line 1"),
        bad("nothing inside", BEGIN + END, "header must be whole"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("armored")
  void armorKeepsTheRules(AgeRules.Case one) throws IOException {
    one.check(AgeRules.PASSPHRASE, PLAIN);
  }

  @Test
  void aLastLineMayBeFull() throws IOException {
    for (int bytes = 0; bytes < 48; bytes++) {
      byte[] plain = AgeFiles.filled(bytes, 5);
      byte[] text = ascii(AgeFiles.armored(AgeFiles.file(plain), "\n"));
      assertThat(AgeRules.opened(AgeRules.PASSPHRASE, text)).isEqualTo(plain);
    }
  }

  @Test
  void base64OfAnotherSpellingIsRefused() {
    byte[] file = AgeFiles.file(AgeFiles.filled(file(1) % 3, 5));
    String text = AgeFiles.armored(file, "\n");
    int padding = text.indexOf('=');
    char other = (char) (text.charAt(padding - 1) + 1);
    String changed = text.substring(0, padding - 1) + other + text.substring(padding);
    assertThat(AgeRules.refusal(AgeRules.PASSPHRASE, ascii(changed)))
        .hasMessageContaining("canonical base64");
  }

  /** Returns a length of plain text at which the file is no multiple of three bytes. */
  private static int file(int plain) {
    return AgeFiles.file(AgeFiles.filled(plain, 5)).length % 3 == 0 ? plain + 1 : plain;
  }

  @Test
  void armorCutAtAnyByteIsOneClearErrorEach() {
    byte[] text = ascii(AgeFiles.armored(withKey(), "\n"));
    for (int length = 0; length < text.length - 1; length++) {
      byte[] cut = Arrays.copyOf(text, length);
      assertThat(AgeRules.refusal(AgeRules.IDENTITY, cut)).as("%d bytes", length).isNotNull();
    }
  }

  private static byte[] withKey() {
    return AgeFiles.joined(AgeFiles.header(AgeFiles.x25519()), AgeFiles.payload(PLAIN));
  }

  @Test
  void identitiesAreReadFromAFileThatIsEncryptedItself() throws IOException {
    byte[] keys = ascii("# mine\n" + AgeFiles.identity() + "\n");
    byte[] locked = ascii(AgeFiles.armored(AgeFiles.file(keys), "\n"));
    AgeKey key = AgeKey.identityFile(locked, () -> Optional.of(AgeFiles.PASSPHRASE));
    assertThat(AgeRules.opened(key, withKey())).isEqualTo(PLAIN);
  }
}
