package org.bitloom.cli.terminal;

/** Knows how many columns a text takes on a terminal, and what must not get there. */
public final class TextWidth {
  private static final char UNPRINTABLE = '?';

  /** First and last of the code points that take two columns. */
  private static final int[][] WIDE = {
    {0x1100, 0x115F}, // Hangul
    {0x2E80, 0x303E}, // radicals and signs of Chinese
    {0x3041, 0xA4CF}, // Kana, Chinese, Yi
    {0xAC00, 0xD7A3}, // Hangul
    {0xF900, 0xFAFF}, // Chinese
    {0xFE30, 0xFE6F}, // forms of Chinese signs
    {0xFF00, 0xFF60}, // wide Latin
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, // pictures
    {0x1F680, 0x1F6FF},
    {0x1F900, 0x1FAFF},
    {0x20000, 0x3FFFD} // Chinese
  };

  private TextWidth() {}

  /** Returns the columns that a clean text takes. */
  public static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  private static int of(int codePoint) {
    if (codePoint < 0x300) {
      return 1;
    }
    switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> {
        return 0;
      }
      default -> {}
    }
    for (int[] range : WIDE) {
      if (codePoint >= range[0] && codePoint <= range[1]) {
        return 2;
      }
    }
    return 1;
  }

  /** Says whether a clean text takes more than some columns. */
  static boolean exceeds(String text, int columns) {
    return cut(text, columns).length() < text.length();
  }

  /** Returns as much of the beginning of a clean text as fits into some columns. */
  public static String cut(String text, int columns) {
    int width = 0;
    int end = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      width += of(codePoint);
      if (width > columns) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return text.substring(0, end);
  }

  /**
   * Returns a text without what a terminal would take for a command: control characters, changes of
   * the direction of writing, halves of letters. Names of files and classes may hold any of them.
   */
  public static String clean(String text) {
    if (text.chars().allMatch(letter -> letter >= ' ' && letter < 0x7F)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            codePoint -> {
              if (codePoint == '\t') {
                clean.append(' ');
              } else if (isCommand(codePoint)) {
                clean.append(UNPRINTABLE);
              } else {
                clean.appendCodePoint(codePoint);
              }
            });
    return clean.toString();
  }

  private static boolean isCommand(int codePoint) {
    return Character.isISOControl(codePoint)
        || Character.getType(codePoint) == Character.SURROGATE
        || codePoint == 0x200E
        || codePoint == 0x200F
        || (codePoint >= 0x2028 && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }
}
