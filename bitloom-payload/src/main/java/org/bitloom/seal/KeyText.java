package org.bitloom.seal;

import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.bech32.Bech32Address;
import java.util.Locale;

/**
 * The text of a key: Bech32 of 32 bytes behind a word that says what they are.
 *
 * <p>Nothing here puts the text into a message: of a secret key even a damaged one is a secret.
 */
final class KeyText {
  private static final int KEY_BYTES = 32;

  private KeyText() {}

  /**
   * Returns the 32 bytes of a key.
   *
   * @param word what the text must begin with, in the case that it must have
   * @throws IllegalArgumentException saying what is wrong
   */
  static byte[] decode(String word, String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    if (!text.equals(upper) && !text.equals(text.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("upper and lower case are mixed");
    }
    if (!text.startsWith(word + "1")) {
      throw new IllegalArgumentException("it does not begin with " + word + "1");
    }
    byte[] key;
    String again;
    try {
      Bech32Address address = Bech32.getDecoder().decode(text);
      key = address.getData();
      again = Bech32.getEncoder().encode(word, key).toString();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("letters are wrong or missing, by its checksum", e);
    }
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("it holds " + key.length + " bytes in place of 32");
    }
    if (!again.equalsIgnoreCase(text)) {
      throw new IllegalArgumentException("its padding is not zero or too long");
    }
    return key;
  }
}
