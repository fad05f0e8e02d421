package org.bitloom.cli.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Figures;
import org.bitloom.model.ConfusionMatrix;
import org.bitloom.session.Evaluation;

/** Shows how well each class is recognized: all if they are few, else the worst. */
record ClassTable(Evaluation evaluation) {
  private static final int FEW = 12;
  private static final int WORST = 5;

  private ConfusionMatrix answers() {
    return evaluation.answers();
  }

  String name(int label) {
    return evaluation.classNames().isEmpty()
        ? String.valueOf(label)
        : evaluation.classNames().get(label);
  }

  void print(Console console) {
    List<OptionalDouble> shares = answers().perClass().shares();
    List<Integer> labels =
        IntStream.range(0, shares.size())
            .boxed()
            .filter(label -> shares.get(label).isPresent())
            .toList();
    if (labels.size() > FEW) {
      console.line("the %d classes that are recognized worst:", WORST);
      List<Integer> sorted = new ArrayList<>(labels);
      sorted.sort(Comparator.comparingDouble(label -> shares.get(label).getAsDouble()));
      labels = sorted.subList(0, WORST);
    }
    int width = labels.stream().mapToInt(label -> name(label).length()).max().orElse(1);
    for (int label : labels) {
      console.line(
          "  %-" + width + "s  %8s  %d of %d%s",
          name(label),
          Figures.percent(shares.get(label).getAsDouble()),
          answers().count(label, label),
          answers().samples(label),
          mistake(label));
    }
    long none = shares.stream().filter(OptionalDouble::isEmpty).count();
    if (none > 0) {
      console.line("  classes without a test sample: %d", none);
    }
  }

  /** Says what the samples of a class are taken for most often when they are not recognized. */
  private String mistake(int label) {
    int worst =
        IntStream.range(0, answers().classes())
            .filter(answer -> answer != label)
            .boxed()
            .max(Comparator.comparingLong(answer -> answers().count(label, answer)))
            .orElse(label);
    long count = answers().count(label, worst);
    return worst == label || count == 0
        ? ""
        : Figures.format(", %d taken for %s", count, name(worst));
  }
}
