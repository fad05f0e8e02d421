package org.bitloom.model;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitloom.error.UsageException;

/**
 * Which class of a model each label of some data stands for. Names decide, not numbers: folders
 * that sort in another way must not turn a good model into a bad one.
 *
 * @param classOf for each label of the data, in order, the class of the model
 * @param remark in a plain line, what was assumed or done; empty if the names are the same
 */
public record ClassMatch(List<Integer> classOf, Optional<String> remark) {
  private static final int NAMED = 5;

  public ClassMatch {
    classOf = List.copyOf(classOf);
  }

  /** Says whether every label stands for the class of its own number. */
  public boolean isPlain() {
    return classOf.equals(numbers(classOf.size()));
  }

  /**
   * Compares names. Those that are mere numbers, or not known, agree with any others, as nobody has
   * named the classes.
   *
   * @param model names of the classes of the model; empty = not known
   * @param data names of the labels of the data; as many, if the model has any
   * @param place of the data, for messages
   * @throws UsageException if the model and the data tell different classes apart
   */
  public static ClassMatch of(List<String> model, List<String> data, String place) {
    List<Integer> same = numbers(data.size());
    if (model.isEmpty()) {
      return new ClassMatch(same, Optional.of(unnamed("the model has no names", data, place)));
    }
    List<String> trained = normal(model);
    List<String> found = normal(data);
    if (trained.equals(found)) {
      return new ClassMatch(same, Optional.empty());
    }
    Map<String, Integer> places = new HashMap<>();
    trained.forEach(name -> places.put(name, places.size()));
    if (places.keySet().containsAll(found) && found.size() == trained.size()) {
      return new ClassMatch(
          found.stream().map(places::get).toList(),
          Optional.of(
              "classes of "
                  + place
                  + " stand in another order than those of the model and are matched by their"
                  + " names"));
    }
    if (isNumbered(model)) {
      return new ClassMatch(same, Optional.of(unnamed("the model only numbers", data, place)));
    }
    if (isNumbered(data)) {
      String remark =
          "classes of "
              + place
              + " have only numbers: "
              + pairs(data, model)
              + " are assumed, as the model names them";
      return new ClassMatch(same, Optional.of(remark));
    }
    throw differ(model, data, place);
  }

  private static String unnamed(String what, List<String> data, String place) {
    return what
        + " its classes: those of "
        + place
        + " are assumed in their order, "
        + pairs(numbers(data.size()).stream().map(String::valueOf).toList(), data);
  }

  private static String pairs(List<String> from, List<String> to) {
    String first =
        IntStream.range(0, Math.min(NAMED, from.size()))
            .mapToObj(i -> from.get(i) + " = " + to.get(i))
            .collect(Collectors.joining(", "));
    return from.size() > NAMED ? first + " and so on" : first;
  }

  private static UsageException differ(List<String> model, List<String> data, String place) {
    return new UsageException(
        "data must have the classes of the model: " + difference(model, data, place),
        "rename the classes as the model calls them, or choose the --data it was trained on");
  }

  /** Says which names only a model has, and which only some data, in one place, have. */
  public static String difference(List<String> model, List<String> data, String place) {
    return Stream.of(only("the model", missing(model, data)), only(place, missing(data, model)))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** Returns the names of an evaluation, in the order of the model's outputs. */
  public List<String> names(List<String> model, List<String> data) {
    return model.isEmpty() || (isPlain() && isNumbered(model)) ? data : model;
  }

  private static String only(String who, List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    String first =
        names.stream().limit(NAMED).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
    return "only " + who + " has " + first + more;
  }

  private static List<String> missing(List<String> names, Collection<String> others) {
    List<String> known = others.stream().map(ClassMatch::normal).toList();
    return names.stream().filter(name -> !known.contains(normal(name))).toList();
  }

  /** File systems write the same letters in two ways, and folders are moved between them. */
  private static String normal(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  private static List<String> normal(List<String> names) {
    List<String> normal = names.stream().map(ClassMatch::normal).toList();
    return normal.stream().distinct().count() == names.size() ? normal : names;
  }

  /** Says whether names are the numbers 0, 1, 2 and so on: nobody has named the classes. */
  public static boolean isNumbered(List<String> names) {
    return names.equals(numbers(names.size()).stream().map(String::valueOf).toList());
  }

  private static List<Integer> numbers(int count) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(i);
    }
    return numbers;
  }
}
