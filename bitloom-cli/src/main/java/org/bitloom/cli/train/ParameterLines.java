package org.bitloom.cli.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.bitloom.cli.command.Figures;
import org.bitloom.update.ParameterSpec;

/** Says in two lines which parameters became bits and which did not. */
final class ParameterLines {
  /** How many names a line holds; of more it holds the first and the last. */
  private static final int MOST_NAMES = 5;

  private ParameterLines() {}

  /** Returns a line for the bit-wise parameters and one for those trained as floats. */
  static List<String> of(List<ParameterSpec> trained) {
    return List.of(
        "bits: " + listed(trained, ParameterSpec::isBitwise),
        "floats: " + listed(trained, parameter -> !parameter.isBitwise()));
  }

  private static String listed(List<ParameterSpec> trained, Predicate<ParameterSpec> wanted) {
    List<ParameterSpec> some = trained.stream().filter(wanted).toList();
    if (some.isEmpty()) {
      return "none";
    }
    return Figures.format(
        "%,d numbers in %s (%s)",
        some.stream().mapToLong(ParameterSpec::size).sum(),
        some.size() == 1 ? "one parameter" : some.size() + " parameters",
        names(some));
  }

  private static String names(List<ParameterSpec> parameters) {
    List<String> names = new ArrayList<>(parameters.stream().map(ParameterSpec::name).toList());
    if (names.size() > MOST_NAMES) {
      String last = names.get(names.size() - 1);
      names.subList(MOST_NAMES - 1, names.size()).clear();
      names.add("...");
      names.add(last);
    }
    return String.join(", ", names);
  }
}
