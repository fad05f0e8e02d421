package org.bitloom.io;

/** Finds Strings that have no UTF-8 form. */
final class Surrogates {
  private Surrogates() {}

  /** Says whether {@code text} has half a surrogate pair. */
  static boolean areBroken(String text) {
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
