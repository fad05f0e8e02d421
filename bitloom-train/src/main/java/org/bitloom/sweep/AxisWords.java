package org.bitloom.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;
import org.bitloom.settings.RunChoices.Choice;

/** Reads the words of an axis; numbers may be written as ranges, such as {@code 2,4..6,32}. */
public final class AxisWords {
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})\\.\\.([0-9]{1,9})");
  private static final int MOST = 100_000;

  private AxisWords() {}

  /**
   * Returns the values in the order given.
   *
   * @param words parts of the list, ranges of whole numbers not yet spread out
   */
  public static List<Object> values(Choice axis, List<String> words) {
    List<Object> values = new ArrayList<>();
    for (String word : words) {
      if (!axis.isNumber()) {
        values.add(axis.read(word));
        continue;
      }
      for (String each : spread(axis.option(), word.strip())) {
        values.add(number(axis, each));
      }
    }
    return values;
  }

  private static Object number(Choice axis, String word) {
    try {
      return axis.read(word);
    } catch (NumberFormatException e) {
      throw new UsageException(
          axis.option() + " must be numbers separated by commas, got '" + word + "'",
          "ranges are written 1..5");
    }
  }

  private static List<String> spread(String option, String word) {
    Matcher range = RANGE.matcher(word);
    if (!range.matches()) {
      return List.of(word);
    }
    int first = Integer.parseInt(range.group(1));
    int last = Integer.parseInt(range.group(2));
    if (last < first || last - first >= MOST) {
      throw new UsageException(
          "a range of " + option + " must rise and have at most " + MOST + " numbers, got " + word,
          "write it as " + Math.min(first, last) + ".." + Math.max(first, last));
    }
    List<String> numbers = new ArrayList<>();
    for (int n = first; n <= last; n++) {
      numbers.add(Integer.toString(n));
    }
    return numbers;
  }
}
