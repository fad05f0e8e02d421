package org.bitloom.cli.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;

/** Reads lists of numbers and ranges, such as {@code 2,4..6,32}. */
final class SweepList {
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})\\.\\.([0-9]{1,9})");
  private static final int MOST = 100_000;

  private SweepList() {}

  /**
   * Returns the numbers in the order given.
   *
   * @param option without dashes, for errors
   * @param words parts of the list, ranges of whole numbers not yet spread out
   */
  static <T> List<T> numbers(String option, List<String> words, Function<String, T> number) {
    List<T> numbers = new ArrayList<>();
    for (String word : words) {
      for (String each : spread(option, word.strip())) {
        try {
          numbers.add(number.apply(each));
        } catch (NumberFormatException e) {
          throw new UsageException(
              "--" + option + " must be numbers separated by commas, got '" + each + "'",
              "ranges are written 1..5");
        }
      }
    }
    return numbers;
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
          "a range of --"
              + option
              + " must rise and have at most "
              + MOST
              + " numbers, got "
              + word,
          "write it as " + Math.min(first, last) + ".." + Math.max(first, last));
    }
    List<String> numbers = new ArrayList<>();
    for (int n = first; n <= last; n++) {
      numbers.add(Integer.toString(n));
    }
    return numbers;
  }
}
