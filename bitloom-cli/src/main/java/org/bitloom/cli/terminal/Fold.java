package org.bitloom.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Folds text between words, so that a terminal does not break it within them. */
public final class Fold {
  private static final int USUAL_INDENT = 2;
  private static final int GREATEST_INDENT = 24;

  private Fold() {}

  /**
   * Folds a clean line to some columns: at a gap of two blanks or more if there is one, else
   * between words. What follows is indented to the second column of the text, such as the value
   * behind a label. A word that is too long for any line stays whole and where it is, for it may be
   * a path or an address that somebody copies.
   */
  public static List<String> line(String text, int columns) {
    List<String> lines = new ArrayList<>();
    String indent = " ".repeat(indent(text, columns));
    String rest = text;
    while (TextWidth.exceeds(rest, columns)) {
      int first = lines.isEmpty() ? firstWord(rest) : indent.length();
      int at = breakOf(rest, new Places(first, indent.length()), columns);
      if (at < 0) {
        break;
      }
      lines.add(rest.substring(0, at).stripTrailing());
      rest = indent + rest.substring(at).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  /** Folds pieces, each of which stays whole, with gaps of two blanks between them. */
  public static List<String> pieces(List<String> pieces, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String piece : pieces) {
      if (line.length() > 0
          && TextWidth.of(line.toString()) + USUAL_INDENT + TextWidth.of(piece) > columns) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(" ".repeat(USUAL_INDENT));
      } else if (line.length() > 0) {
        line.append("  ");
      }
      line.append(piece);
    }
    lines.add(line.toString());
    return lines;
  }

  private static int indent(String text, int columns) {
    int begin = firstWord(text);
    int gap = text.indexOf("  ", begin);
    if (gap < 0) {
      return begin + USUAL_INDENT;
    }
    int second = gap;
    while (second < text.length() && text.charAt(second) == ' ') {
      second++;
    }
    return second <= Math.min(GREATEST_INDENT, columns / 2) ? second : begin + USUAL_INDENT;
  }

  private static int firstWord(String text) {
    int begin = 0;
    while (begin < text.length() && text.charAt(begin) == ' ') {
      begin++;
    }
    return begin;
  }

  /** Behind which columns a line may end, at a blank and at a gap; the latter is the indent. */
  private record Places(int blank, int gap) {}

  /** Returns where to break: the last good place that fits, or else the first behind it. */
  private static int breakOf(String text, Places from, int columns) {
    int gap = -1;
    int blank = -1;
    for (int i = from.blank() + 1; i < text.length(); i++) {
      if (!mayBreak(text, i)) {
        continue;
      }
      if (TextWidth.exceeds(text.substring(0, i), columns)) {
        return gap >= 0 ? gap : beforeWord(text, blank, i, columns - from.gap());
      }
      blank = i;
      gap = text.startsWith("  ", i) && i > from.gap() ? i : gap;
    }
    return gap >= 0 ? gap : beforeWord(text, blank, text.length(), columns - from.gap());
  }

  /**
   * Returns the place before a word, or that behind it, or -1 if it is the last, if it fits no
   * line.
   */
  private static int beforeWord(String text, int blank, int end, int room) {
    if (blank >= 0 && !TextWidth.exceeds(text.substring(blank, end).strip(), room)) {
      return blank;
    }
    return end < text.length() ? end : -1;
  }

  /** A blank may become the end of a line, but not one between a number and its per cent sign. */
  private static boolean mayBreak(String text, int at) {
    return text.charAt(at) == ' ' && text.charAt(at - 1) != ' ' && !text.startsWith(" %", at);
  }
}
