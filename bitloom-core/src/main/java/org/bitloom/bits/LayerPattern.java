package org.bitloom.bits;

import java.util.List;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;

/**
 * Names layers by the whole names of their weights, such as {@code dense1.weight}.
 *
 * <p>{@code *} stands for any text and {@code ?} for one character. The words {@code first} and
 * {@code last} stand for the first and the last weight of the network.
 *
 * @param text the pattern, not empty
 */
public record LayerPattern(String text) {
  private static final String FIRST = "first";
  private static final String LAST = "last";
  private static final int MOST_LISTED = 6;

  public LayerPattern {
    if (text.isEmpty()) {
      throw new UsageException("pattern of a layer must not be empty", "try 'first', or '*'");
    }
  }

  /** Says whether the pattern names a weight, in a network whose weights are {@code names}. */
  public boolean fits(String name, List<String> names) {
    return switch (text) {
      case FIRST -> name.equals(names.get(0));
      case LAST -> name.equals(names.get(names.size() - 1));
      default -> name.matches(regularExpression());
    };
  }

  /**
   * Returns those of {@code names} that the pattern names, in their order.
   *
   * @throws UsageException if it is none; the message lists a few
   */
  public List<String> select(List<String> names) {
    List<String> fitting = names.stream().filter(name -> fits(name, names)).toList();
    if (fitting.isEmpty()) {
      throw new UsageException(
          "pattern of a layer must match a weight, '" + text + "' matches none of " + listed(names),
          "* stands for any text; first and last stand for the outer layers");
    }
    return fitting;
  }

  private static String listed(List<String> names) {
    int more = names.size() - MOST_LISTED;
    return more <= 0
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_LISTED)) + " and " + more + " more";
  }

  private String regularExpression() {
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      expression.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return expression.toString();
  }
}
