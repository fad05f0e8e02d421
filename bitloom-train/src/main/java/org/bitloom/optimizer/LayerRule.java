package org.bitloom.optimizer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.BitMask;
import org.bitloom.error.UsageException;

/**
 * Gives some layers a depth and mask of their own, or float weights: {@code PATTERN=BITS:MASK},
 * {@code PATTERN=BITS} (all bits trained) or {@code PATTERN=float}.
 *
 * <p>A pattern is matched against the whole name of a weight, such as {@code 02Linear_weight};
 * {@code *} stands for any text and {@code ?} for one character. The words {@code first} and {@code
 * last} stand for the first and the last weight of the network.
 *
 * @param pattern which weights
 * @param layout their depth and trained bits; empty = float weights
 */
public record LayerRule(String pattern, Optional<BitLayout> layout) {
  static final String FIRST = "first";
  static final String LAST = "last";
  private static final String FLOAT = "float";
  private static final int MOST_LISTED = 6;
  private static final Pattern RULE = Pattern.compile("(.+)=(float|[0-9]{1,2}(?::[a-z0-9]+)?)");

  public LayerRule {
    if (pattern.isEmpty()) {
      throw new UsageException("pattern of a layer must not be empty", "try --layer 'first=8:all'");
    }
  }

  /** Gives the layers that fit {@code pattern} the depth {@code bits} and the mask. */
  public static LayerRule bits(String pattern, int bits, BitMask mask) {
    return new LayerRule(pattern, Optional.of(mask.at(bits)));
  }

  /** Gives the layers that fit {@code pattern} float weights. */
  public static LayerRule floats(String pattern) {
    return new LayerRule(pattern, Optional.empty());
  }

  /** Reads the text form. */
  public static LayerRule parse(String text) {
    Matcher matcher = RULE.matcher(text);
    if (!matcher.matches()) {
      throw new UsageException(
          "layer must be PATTERN=BITS:MASK, PATTERN=BITS or PATTERN=float, got '" + text + "'",
          "for example --layer 'first=8:all'");
    }
    if (matcher.group(2).equals(FLOAT)) {
      return floats(matcher.group(1));
    }
    String[] parts = matcher.group(2).split(":", -1);
    BitMask mask = parts.length == 1 ? BitMask.all() : BitMask.parse(parts[1]);
    return bits(matcher.group(1), Integer.parseInt(parts[0]), mask);
  }

  /** Says whether the rule speaks of a weight, in a network whose weights are {@code names}. */
  boolean fits(String name, List<String> names) {
    return switch (pattern) {
      case FIRST -> name.equals(names.get(0));
      case LAST -> name.equals(names.get(names.size() - 1));
      default -> name.matches(regularExpression());
    };
  }

  /** Checks that every rule fits a weight. */
  static void checkFit(List<LayerRule> rules, List<String> names) {
    for (LayerRule rule : rules) {
      if (names.stream().noneMatch(name -> rule.fits(name, names))) {
        throw new UsageException(
            "pattern of a layer must match a weight, '"
                + rule.pattern
                + "' matches none of "
                + listed(names),
            "* stands for any text; first and last stand for the outer layers");
      }
    }
  }

  private static String listed(List<String> names) {
    int more = names.size() - MOST_LISTED;
    return more <= 0
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_LISTED)) + " and " + more + " more";
  }

  private String regularExpression() {
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      expression.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return expression.toString();
  }

  /** Prints the form that {@link #parse} reads. */
  @Override
  public String toString() {
    return pattern + "=" + layout.map(bits -> bits.depth() + ":" + bits.mask()).orElse(FLOAT);
  }
}
