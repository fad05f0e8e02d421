package org.bitloom.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call of a program that says by a constant whether it trains, as {@code torch.jit.trace} leaves
 * it: {@code torch.dropout(x, 0.5, True)} drops out while the network is measured as well.
 *
 * @param call as it stands in the program, shortened
 * @param trains what it says
 */
record FixedMode(String call, boolean trains) {
  private static final int LONGEST = 80;
  private static final int NONE = -1;

  /**
   * Where arguments stand; {@code share} of what drops out, {@code statistics} of what has them.
   */
  private record Places(int flag, int share, int statistics) {}

  private static final Places DROPOUT = new Places(2, 1, NONE);
  private static final Places NORM = new Places(5, NONE, 3);

  private static final Map<String, Places> OPERATIONS =
      Map.ofEntries(
          Map.entry("dropout", DROPOUT),
          Map.entry("native_dropout", DROPOUT),
          Map.entry("alpha_dropout", DROPOUT),
          Map.entry("feature_dropout", DROPOUT),
          Map.entry("feature_alpha_dropout", DROPOUT),
          Map.entry("rrelu", new Places(3, NONE, NONE)),
          Map.entry("rrelu_with_noise", new Places(4, NONE, NONE)),
          Map.entry("batch_norm", NORM),
          Map.entry("native_batch_norm", NORM),
          Map.entry("_native_batch_norm_legit", NORM),
          Map.entry("cudnn_batch_norm", NORM),
          Map.entry("_batch_norm_impl_index", NORM),
          Map.entry("instance_norm", NORM));

  /** Functions of torch.nn.functional, whose arguments may stand in another order. */
  private static final Map<String, Places> FUNCTIONS =
      Map.ofEntries(
          Map.entry("dropout", DROPOUT),
          Map.entry("dropout1d", DROPOUT),
          Map.entry("dropout2d", DROPOUT),
          Map.entry("dropout3d", DROPOUT),
          Map.entry("alpha_dropout", DROPOUT),
          Map.entry("feature_alpha_dropout", DROPOUT),
          Map.entry("rrelu", new Places(3, NONE, NONE)),
          Map.entry("batch_norm", new Places(5, NONE, 1)),
          Map.entry("instance_norm", new Places(5, NONE, 1)));

  private static final Pattern CALL = Pattern.compile("\\b(torch\\.)?(\\w+)\\(");
  private static final Pattern ALIAS =
      Pattern.compile("(?m)^ *(\\w+) = __torch__\\.torch\\.nn\\.functional\\.(\\w+) *$");
  private static final Pattern ASSIGNED = Pattern.compile("(?m)^ *(\\w+) = (.*)$");
  private static final Pattern NAMED = Pattern.compile("(train|training|use_input_stats) *= *(.*)");
  private static final Pattern FLOAT = Pattern.compile("[0-9]*\\.[0-9]*(e[-+]?[0-9]+)?");
  private static final Pattern RECURRENT = Pattern.compile("lstm|gru|rnn_tanh|rnn_relu");
  private static final Pattern NOTHING = Pattern.compile("0*\\.?0*");

  /** Finds all such calls in a program. */
  static List<FixedMode> in(ProgramText program) {
    Map<String, String> constants = constants(program.masked());
    Map<String, String> functions = new HashMap<>();
    for (MatchResult alias : ALIAS.matcher(program.masked()).results().toList()) {
      functions.put(alias.group(1), alias.group(2));
    }
    List<FixedMode> found = new ArrayList<>();
    Matcher call = CALL.matcher(program.masked());
    while (call.find()) {
      boolean operation = call.group(1) != null;
      String name = call.group(2).replaceFirst("(?<=[a-z])_$", ""); // in place: dropout_
      Places places =
          operation ? OPERATIONS.get(name) : FUNCTIONS.get(functions.getOrDefault(name, ""));
      boolean recurrent = operation && RECURRENT.matcher(name).matches();
      boolean attention = operation && name.equals("scaled_dot_product_attention");
      if (places != null || recurrent || attention) {
        List<String> arguments = program.arguments(call.end() - 1);
        arguments.replaceAll(argument -> constants.getOrDefault(argument, argument));
        Optional<Boolean> trains =
            recurrent
                ? recurrent(arguments)
                : attention ? attention(arguments) : flag(arguments, places);
        String text = call.group() + String.join(", ", arguments) + ")";
        trains.ifPresent(fixed -> found.add(new FixedMode(shortened(text), fixed)));
      }
    }
    return found;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  /** Returns the names that get a truth value once and nothing else. */
  private static Map<String, String> constants(String program) {
    Map<String, String> values = new HashMap<>();
    for (MatchResult assigned : ASSIGNED.matcher(program).results().toList()) {
      values.merge(assigned.group(1), assigned.group(2).strip(), (one, other) -> "");
    }
    values.values().removeIf(value -> truth(value).isEmpty());
    return values;
  }

  private static Optional<Boolean> truth(String argument) {
    return switch (argument) {
      case "True" -> Optional.of(true);
      case "False" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Boolean> flag(List<String> arguments, Places places) {
    if (places.share() != NONE
        && places.share() < arguments.size()
        && NOTHING.matcher(arguments.get(places.share())).matches()) {
      return Optional.empty(); // drops nothing
    }
    if (places.statistics() != NONE
        && places.statistics() < arguments.size()
        && arguments.get(places.statistics()).equals("None")) {
      return Optional.empty(); // has no other mode
    }
    for (String argument : arguments) {
      Matcher named = NAMED.matcher(argument);
      if (named.matches()) {
        return truth(named.group(2));
      }
    }
    return places.flag() < arguments.size()
        ? truth(arguments.get(places.flag()))
        : Optional.empty();
  }

  /** The share that drops out and the flag stand behind one another, in two places. */
  private static Optional<Boolean> recurrent(List<String> arguments) {
    for (int i = 5; i < Math.min(8, arguments.size()); i++) {
      if (FLOAT.matcher(arguments.get(i - 1)).matches()) {
        boolean drops = !NOTHING.matcher(arguments.get(i - 1)).matches();
        return drops ? truth(arguments.get(i)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Has no flag: a share that is no variable is dropped in every mode. */
  private static Optional<Boolean> attention(List<String> arguments) {
    return arguments.size() > 4
            && FLOAT.matcher(arguments.get(4)).matches()
            && !NOTHING.matcher(arguments.get(4)).matches()
        ? Optional.of(true)
        : Optional.empty();
  }
}
