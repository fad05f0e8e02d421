package org.bitloom.seal;

import static org.bitloom.seal.AgeFiles.ascii;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.bitloom.payload.PayloadException;
import org.bitloom.testkit.fuzz.FuzzTarget;

/**
 * Age files of a container, for a passphrase and for keys: the file that was stored, or an error.
 */
final class AgeTarget implements FuzzTarget {
  /** How much work a file demands is the choice of its sender, and no damage. */
  private static final Pattern MUCH_WORK = Pattern.compile("scrypt \\S+ (\\d\\d|[89])");

  private static final List<String> WORDS =
      List.of(
          "-> X25519 ",
          "-> scrypt ",
          "-> ",
          "--- ",
          "---",
          "\n",
          "\r\n",
          " ",
          "=",
          "==",
          "AAAA",
          "-> x-grease y\n\n",
          "age-encryption.org/v2",
          "-----END AGE ENCRYPTED FILE-----\n");

  private static final String MAC_LINE = "\n--- ";
  private static final int MAC_LETTERS = 43;

  private final byte[] small = Samples.content("random", 300);

  /** More than one piece of the encryption. */
  private final byte[] big = Samples.content("random", 70_000);

  @Override
  public List<byte[]> seeds() {
    byte[] container = PackedTarget.container(small, false);
    byte[] keyed = AgeFiles.joined(AgeFiles.header(AgeFiles.x25519()), AgeFiles.payload(container));
    return List.of(
        AgeFiles.file(container),
        keyed,
        ascii(AgeFiles.armored(keyed, "\n")),
        AgeFiles.file(PackedTarget.container(big, false)));
  }

  @Override
  public boolean read(byte[] input) throws IOException {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    if (MUCH_WORK.matcher(text).find()) {
      return false;
    }
    boolean byKey = isOpened(input, AgeRules.IDENTITY);
    boolean byPassphrase = isOpened(input, AgeRules.PASSPHRASE);
    return byKey || byPassphrase;
  }

  private boolean isOpened(byte[] input, AgeKey key) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Payloads.extractStored(new ByteArrayInputStream(input), key, out);
    } catch (PayloadException e) {
      return false;
    }
    byte[] opened = out.toByteArray();
    if (!Arrays.equals(small, opened) && !Arrays.equals(big, opened)) {
      throw new AssertionError("an age file must give the file that was stored, gave another");
    }
    return true;
  }

  /** Makes the MAC of a header right, as whoever knows the key of the file could. */
  @Override
  public byte[] repair(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    int end = text.indexOf(MAC_LINE);
    int begin = end + MAC_LINE.length();
    if (end < 0 || begin + MAC_LETTERS > input.length) {
      return input;
    }
    byte[] repaired = input.clone();
    byte[] mac = ascii(AgeFiles.base64(AgeFiles.mac(text.substring(0, end + 1))));
    System.arraycopy(mac, 0, repaired, begin, MAC_LETTERS);
    return repaired;
  }

  @Override
  public List<byte[]> words() {
    return WORDS.stream().map(AgeFiles::ascii).toList();
  }
}
