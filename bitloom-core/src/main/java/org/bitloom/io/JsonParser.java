package org.bitloom.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON by recursive descent; the depth cap bounds the recursion. */
final class JsonParser {
  private static final int MAX_LONG_DIGITS = 19;

  private final String text;
  private final boolean lenientZero;
  private int at;

  /** Reads {@code -0} as the integer 0. */
  JsonParser(String text) {
    this(text, true);
  }

  /**
   * Reads {@code -0} as the integer 0, or as the double that it is to those who demand that an
   * integer has one spelling.
   */
  JsonParser(String text, boolean lenientZero) {
    this.text = text;
    this.lenientZero = lenientZero;
  }

  Object document() {
    Object value = value(0);
    skipSpace();
    if (at < text.length()) {
      throw expected("the end of the text");
    }
    return value;
  }

  private Object value(int depth) {
    skipSpace();
    return switch (peek()) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) {
    enter(depth);
    Map<String, Object> members = new LinkedHashMap<>();
    if (emptyUntil('}')) {
      return members;
    }
    do {
      skipSpace();
      int start = at;
      if (peek() != '"') {
        throw expected("a key in quotes");
      }
      String key = string();
      skipSpace();
      require(':');
      Object value = value(depth);
      if (members.containsKey(key)) {
        throw new JsonException("keys must differ, got \"" + key + "\" twice", start);
      }
      members.put(key, value);
    } while (another('}'));
    return members;
  }

  private List<Object> array(int depth) {
    enter(depth);
    List<Object> elements = new ArrayList<>();
    if (emptyUntil(']')) {
      return elements;
    }
    do {
      elements.add(value(depth));
    } while (another(']'));
    return elements;
  }

  private void enter(int depth) {
    if (depth > Json.MAX_DEPTH) {
      throw new JsonException("nesting must be at most " + Json.MAX_DEPTH + " deep", at);
    }
    at++;
  }

  private boolean emptyUntil(char end) {
    skipSpace();
    boolean empty = peek() == end;
    if (empty) {
      at++;
    }
    return empty;
  }

  private boolean another(char end) {
    skipSpace();
    int found = peek();
    if (found != ',' && found != end) {
      throw expected("',' or '" + end + "'");
    }
    at++;
    return found == ',';
  }

  private String string() {
    int start = at++;
    int plainEnd = at;
    while (plainEnd < text.length() && isPlain(text.charAt(plainEnd))) {
      plainEnd++;
    }
    StringBuilder chars = new StringBuilder().append(text, at, plainEnd);
    at = plainEnd;
    while (peek() != '"') {
      chars.append(stringChar());
    }
    at++;
    String string = chars.toString();
    if (Json.hasBrokenSurrogates(string)) {
      throw new JsonException("surrogates must come in pairs, got half a pair", start);
    }
    return string;
  }

  private static boolean isPlain(char c) {
    return c != '"' && c != '\\' && c >= ' ';
  }

  private char stringChar() {
    int found = peek();
    if (found < ' ') {
      throw expected("the rest of a string (control characters escaped) and '\"'");
    }
    at++;
    return found == '\\' ? escaped() : (char) found;
  }

  private char escaped() {
    int kind = peek();
    char meant =
        switch (kind) {
          case '"', '\\', '/' -> (char) kind;
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'u' -> hex();
          default -> throw expected("one of \"\\/bfnrtu after a backslash");
        };
    at++;
    return meant;
  }

  /** Reads the four digits after the current {@code u} and stops on the last one. */
  private char hex() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      at++;
      int digit = hexDigit(peek());
      if (digit < 0) {
        throw expected("four hexadecimal digits after \\u");
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private static int hexDigit(int c) {
    return c >= 0 && c < 128 ? Character.digit(c, 16) : -1;
  }

  private Object word(String word, Object meant) {
    if (!text.startsWith(word, at)) {
      throw expected(word);
    }
    at += word.length();
    return meant;
  }

  private Object number() {
    int start = at;
    accept('-');
    if (!isDigit(peek())) {
      throw expected("a value");
    }
    if (!accept('0')) {
      digits();
    }
    boolean whole = true;
    if (accept('.')) {
      whole = false;
      digits();
    }
    if (accept('e') || accept('E')) {
      whole = false;
      if (!accept('-')) {
        accept('+');
      }
      digits();
    }
    return toNumber(text.substring(start, at), whole, start);
  }

  private Object toNumber(String digits, boolean whole, int start) {
    if (digits.equals("-0") && !lenientZero) {
      return -0.0;
    }
    if (whole && digits.length() <= MAX_LONG_DIGITS + 1) {
      try {
        return Long.valueOf(digits);
      } catch (NumberFormatException e) {
        return Double.valueOf(digits); // 19 or 20 characters, but beyond 2^63
      }
    }
    double value = Double.parseDouble(digits);
    if (Double.isInfinite(value)) {
      throw new JsonException("number must be in the range of double", start);
    }
    return value;
  }

  private void digits() {
    if (!isDigit(peek())) {
      throw expected("a digit");
    }
    while (isDigit(peek())) {
      at++;
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private boolean accept(char c) {
    boolean found = peek() == c;
    if (found) {
      at++;
    }
    return found;
  }

  private void require(char c) {
    if (!accept(c)) {
      throw expected("'" + c + "'");
    }
  }

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** Returns the next char, or -1 at the end. */
  private int peek() {
    return at < text.length() ? text.charAt(at) : -1;
  }

  private JsonException expected(String what) {
    int c = peek();
    String found = c < 0 ? "the end" : c < ' ' || c > '~' ? "character " + c : "'" + (char) c + "'";
    return new JsonException("expected " + what + ", got " + found, at);
  }
}
