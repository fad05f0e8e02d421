package org.bitloom.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The program of a module, as far as it can be judged without running it: texts that would lead the
 * engine's parser too deep for its stack are refused, and calls can be looked at.
 *
 * @param name of the entry that holds it
 * @param masked the program with spaces in place of what stands in quotes
 * @param depth how deep a reader may get in all of its functions and classes together, in steps
 */
record ProgramText(String name, String masked, int depth) {
  private static final int MOST_BYTES = 1 << 24;

  /** What PyTorch prints stays below 100: it gives a deeper expression a line of its own. */
  private static final int DEEPEST = 300;

  private static final int DEFINITION = 3;
  private static final int BRACKET = 2;
  private static final int INDENTATION = 2;

  private static final Pattern DEFINITIONS = Pattern.compile("(?m)^ *(def|class|elif)\\b");
  private static final Pattern WORDS = Pattern.compile("not|and|or|if|else|in|is|lambda");

  /**
   * Reads a program.
   *
   * @throws IllegalArgumentException if it is too large or too deep anywhere, or written as PyTorch
   *     writes none
   */
  static ProgramText of(String name, byte[] text) {
    if (text.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "programs must have at most " + MOST_BYTES + " bytes, " + name + " has " + text.length);
    }
    String masked = mask(name, new String(text, StandardCharsets.UTF_8));
    int definitions = (int) DEFINITIONS.matcher(masked).results().count();
    int deepest = new Depth(name, masked).deepest();
    return new ProgramText(
        name, masked, (int) Math.min(Integer.MAX_VALUE, (definitions + 1L) * deepest));
  }

  /** Leaves nothing in which a bracket could hide: PyTorch writes every text on one line. */
  private static String mask(String name, String text) {
    StringBuilder masked = new StringBuilder(text);
    char quote = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote == 0) {
        boolean quoted = c == '"' || c == '\'';
        if (c == '#' || c == '\\' || (quoted && text.startsWith(String.valueOf(c).repeat(3), at))) {
          throw new IllegalArgumentException(
              "programs must be as PyTorch writes them, "
                  + name
                  + " has "
                  + c
                  + " at letter "
                  + at);
        }
        quote = quoted ? c : 0;
      } else if (c == '\n') {
        throw new IllegalArgumentException(
            "texts in programs must end on their line, in " + name + " one does not at " + at);
      } else if (c == quote) {
        quote = 0;
      } else {
        masked.setCharAt(at, ' ');
        if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '\n') {
          masked.setCharAt(++at, ' ');
        }
      }
    }
    return masked.toString();
  }

  /** Follows how deep a parser is at each letter. */
  private static final class Depth {
    private final String name;
    private final String text;

    /** Steps that each open bracket took since its last comma, the line's own first. */
    private final List<Integer> steps = new ArrayList<>();

    private int all;
    private int indentation;
    private int deepest;

    Depth(String name, String text) {
      this.name = name;
      this.text = text;
    }

    int deepest() {
      beginLine();
      boolean indenting = true;
      for (int at = 0; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '\n' && steps.size() <= 1) {
          beginLine();
          indenting = true;
          continue;
        }
        indenting &= c == ' ';
        indentation += indenting ? INDENTATION : 0;
        follow(c, at);
        deepest = Math.max(deepest, DEFINITION + indentation + all);
        if (deepest > DEEPEST) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "programs must be less nested and have fewer operators in a line,"
                      + " %s is beyond at letter %d",
                  name,
                  at));
        }
      }
      return deepest;
    }

    private void beginLine() {
      steps.clear();
      steps.add(0);
      all = 0;
      indentation = 0;
    }

    private void follow(char c, int at) {
      if (c == '(' || c == '[' || c == '{') {
        step(BRACKET); // what comes behind this bracket is a step deeper too: f(x)(x)
        steps.add(0);
      } else if (c == ')' || c == ']' || c == '}') {
        int last = steps.size() - 1;
        if (last > 0) {
          all -= steps.remove(last);
        }
      } else if (c == ',') {
        int last = steps.size() - 1;
        all -= steps.set(last, 0);
      } else if ("+-*/%@&|^~<>=!.".indexOf(c) >= 0 || isWord(at)) {
        step(1);
      }
    }

    private void step(int length) {
      int last = steps.size() - 1;
      steps.set(last, steps.get(last) + length);
      all += length;
    }

    private boolean isWord(int at) {
      if ("naoiel".indexOf(text.charAt(at)) < 0
          || (at > 0 && Character.isJavaIdentifierPart(text.charAt(at - 1)))) {
        return false;
      }
      int end = at;
      while (end < Math.min(text.length(), at + 7)
          && Character.isJavaIdentifierPart(text.charAt(end))) {
        end++;
      }
      return WORDS.matcher(text.substring(at, end)).matches();
    }
  }

  /**
   * Returns the arguments of the call whose opening bracket stands at {@code open}, without the
   * spaces around them; none behind a last comma.
   */
  List<String> arguments(int open) {
    List<String> arguments = new ArrayList<>();
    int brackets = 0;
    int begin = open + 1;
    for (int at = open; at < masked.length(); at++) {
      char c = masked.charAt(at);
      brackets += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      if (brackets == 0 || (brackets == 1 && c == ',')) {
        arguments.add(masked.substring(begin, at).strip());
        begin = at + 1;
      }
      if (brackets == 0) {
        break;
      }
    }
    arguments.removeIf(String::isEmpty);
    return arguments;
  }
}
