package org.bitloom.io;

/**
 * Reads and writes JSON (RFC 8259) as plain Java values.
 *
 * <p>Objects are {@code LinkedHashMap<String, Object>} in the order of the text, arrays are {@code
 * List<Object>}; integers that fit are {@code Long}, all other numbers {@code Double}; then {@code
 * String}, {@code Boolean} and null.
 */
public final class Json {
  /** How many arrays and objects may stand inside each other. */
  public static final int MAX_DEPTH = 64;

  private Json() {}

  /**
   * Reads one JSON value.
   *
   * @throws JsonException if the text is not JSON to the letter, repeats a key within an object,
   *     nests deeper than {@link #MAX_DEPTH}, holds a number outside the range of double, half a
   *     surrogate pair, or anything after the value
   */
  public static Object parse(String text) {
    return new JsonParser(text).document();
  }

  /**
   * Writes a value without any space, keys in the order given.
   *
   * <p>Takes what {@link #parse} returns, any {@code Map} with String keys, any {@code List}, and
   * any number of the JDK's primitive kinds. A double is written with the fewest digits that read
   * back as the same double, with a point or an exponent: 2.0 as {@code 2.0}; the text does not
   * depend on the JDK.
   *
   * @throws JsonException if a number is not finite, a String has half a surrogate pair, a value is
   *     of another class, or nesting exceeds {@link #MAX_DEPTH}
   */
  public static String print(Object value) {
    return new JsonPrinter().print(value);
  }

  /** Says whether {@code text} has half a surrogate pair, and so no form in UTF-8. */
  static boolean hasBrokenSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
