package org.bitloom.model;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Says what a network was trained to do: to take one sample and give a number for each class, the
 * largest for the class it takes it for.
 *
 * @param inputShape of one sample, such as {@code [1, 28, 28]}; each dimension at least 1
 * @param normalization from raw pixels to input; must fit the shape
 * @param classes outputs of the network, at least 1
 * @param classNames one for each class, in the order of the outputs, no two alike, none blank, all
 *     fit for one line; empty = not known
 */
public record Task(
    List<Integer> inputShape, Normalization normalization, int classes, List<String> classNames) {
  public Task {
    inputShape = List.copyOf(inputShape);
    normalization.check(inputShape);
    if (classes < 1) {
      throw new IllegalArgumentException("classes must be at least 1, got " + classes);
    }
    classNames = List.copyOf(classNames);
    if (!classNames.isEmpty()) {
      check(classNames, classes);
    }
  }

  /** Says nothing of the names of the classes. */
  public Task(List<Integer> inputShape, Normalization normalization, int classes) {
    this(inputShape, normalization, classes, List.of());
  }

  private static void check(List<String> classNames, int classes) {
    if (classNames.size() != classes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "class names must be %d, one for each class, or none at all, got %d",
              classes,
              classNames.size()));
    }
    Set<String> seen = new HashSet<>();
    for (String name : classNames) {
      if (name.isBlank() || name.codePoints().anyMatch(Task::breaksTheLine)) {
        throw new IllegalArgumentException(
            "name of a class must not be blank and fit one line, got '" + name + "'");
      }
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "names of the classes must differ, got '" + name + "' twice");
      }
    }
  }

  /** Says whether a name with this character could pretend to be more than a name on a screen. */
  private static boolean breaksTheLine(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
