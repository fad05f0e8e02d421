package org.bitloom.bits;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;

/**
 * Gives some layers a depth and mask of their own, or float weights: {@code PATTERN=BITS:MASK},
 * {@code PATTERN=BITS} (all bits trained) or {@code PATTERN=float}.
 *
 * @param pattern which weights, a {@link LayerPattern}
 * @param layout their depth and trained bits; empty = float weights
 */
public record LayerRule(String pattern, Optional<BitLayout> layout) {
  private static final String FLOAT = "float";
  private static final Pattern RULE = Pattern.compile("(.+)=(float|[0-9]{1,2}(?::[a-z0-9]+)?)");

  public LayerRule {
    new LayerPattern(pattern); // refuses an empty one
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
  public boolean fits(String name, List<String> names) {
    return new LayerPattern(pattern).fits(name, names);
  }

  /** Checks that every rule fits a weight. */
  public static void checkFit(List<LayerRule> rules, List<String> names) {
    rules.forEach(rule -> new LayerPattern(rule.pattern).select(names));
  }

  /** Prints the form that {@link #parse} reads. */
  @Override
  public String toString() {
    return pattern + "=" + layout.map(bits -> bits.depth() + ":" + bits.mask()).orElse(FLOAT);
  }
}
