package org.bitloom.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitloom.error.FailureException;

/**
 * The files of an image folder, in the order that makes them a data set: by class, then by name.
 *
 * @param classes names of the class folders; the place of a name is its label
 * @param train files of {@code train/}
 * @param test files of {@code test/}
 * @param ignored what lies in the class folders or beside them and is neither hidden nor an image
 */
record ClassFolders(
    List<String> classes, List<ImageSource> train, List<ImageSource> test, List<String> ignored) {
  static final String TRAIN = "train";
  static final String TEST = "test";

  private static final List<String> SUFFIXES = List.of(".png", ".jpg", ".jpeg");
  private static final int MAX_CLASSES = 256;
  private static final int NAMED = 5;

  ClassFolders {
    classes = List.copyOf(classes);
    train = List.copyOf(train);
    test = List.copyOf(test);
    ignored = List.copyOf(ignored);
  }

  /**
   * Lists a folder; opens no image.
   *
   * @throws FailureException if a folder is missing or empty, or the classes of the parts differ
   */
  static ClassFolders list(Path folder) throws IOException {
    requirePart(folder, TRAIN);
    requirePart(folder, TEST);
    List<String> ignored = new ArrayList<>();
    List<String> classes = classes(folder, TRAIN, ignored);
    checkNumber(folder, classes, ignored);
    checkNames(folder.resolve(TRAIN), classes);
    checkSame(folder, classes, classes(folder, TEST, ignored));
    return new ClassFolders(
        classes,
        images(folder, TRAIN, classes, ignored),
        images(folder, TEST, classes, ignored),
        ignored);
  }

  private static void requirePart(Path folder, String part) throws IOException {
    if (Files.isDirectory(folder.resolve(part))) {
      return;
    }
    List<String> present =
        visible(folder).stream().filter(name -> Files.isDirectory(folder.resolve(name))).toList();
    throw new FailureException(
        "image folder "
            + folder
            + " must hold train and test, each with a folder per class; found "
            + (present.isEmpty() ? "no folder" : "only " + some(present)),
        part.equals(TEST)
            ? "move some images of every class to "
                + folder.resolve("test/CLASS")
                + ", or rename the folder that holds them to test"
            : "put the images to train on into " + folder.resolve("train/CLASS"));
  }

  private static List<String> classes(Path folder, String part, List<String> ignored)
      throws IOException {
    List<String> classes = new ArrayList<>();
    for (String name : visible(folder.resolve(part))) {
      if (Files.isDirectory(folder.resolve(part).resolve(name))) {
        classes.add(name);
      } else {
        ignored.add(part + "/" + name);
      }
    }
    return classes;
  }

  /** A name is printed in tables and stands in the model file. */
  private static void checkNames(Path part, List<String> classes) {
    for (String name : classes) {
      if (name.isBlank() || name.codePoints().anyMatch(ClassFolders::breaksTheLine)) {
        throw new FailureException(
            "names of class folders in "
                + part
                + " must not be blank and fit one line, found '"
                + name.replaceAll("\\R|\\p{Cntrl}", "?")
                + "'",
            "rename the folder");
      }
    }
  }

  private static boolean breaksTheLine(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  private static void checkNumber(Path folder, List<String> classes, List<String> beside) {
    if (classes.size() < 2 || classes.size() > MAX_CLASSES) {
      String files =
          beside.isEmpty()
              ? ""
              : String.format(
                  Locale.ROOT, ", and %d files that are in none of them", beside.size());
      throw new FailureException(
          String.format(
              Locale.ROOT,
              "%s must hold 2..%d class folders, found %d%s%s",
              folder.resolve(TRAIN),
              MAX_CLASSES,
              classes.size(),
              classes.isEmpty() ? "" : " (" + some(classes) + ")",
              files),
          "make a folder per class and put the images of the class into it");
    }
  }

  private static void checkSame(Path folder, List<String> train, List<String> test) {
    List<String> missing = train.stream().filter(name -> !test.contains(name)).toList();
    List<String> extra = test.stream().filter(name -> !train.contains(name)).toList();
    if (missing.isEmpty() && extra.isEmpty()) {
      return;
    }
    String difference =
        Stream.of(
                missing.isEmpty() ? "" : "missing " + some(missing),
                extra.isEmpty() ? "" : "found also " + some(extra))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    throw new FailureException(
        folder.resolve(TEST) + " must hold the same class folders as train, " + difference,
        "give every class images in both, or remove the class from both");
  }

  private static List<ImageSource> images(
      Path folder, String part, List<String> classes, List<String> ignored) throws IOException {
    List<ImageSource> images = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      String prefix = part + "/" + classes.get(label);
      Path inside = folder.resolve(part).resolve(classes.get(label));
      int before = images.size();
      List<String> others = new ArrayList<>();
      for (String name : visible(inside)) {
        if (hasSuffix(name)) {
          images.add(new ImageSource(prefix + "/" + name, inside.resolve(name), label));
        } else {
          others.add(prefix + "/" + name);
        }
      }
      if (images.size() == before) {
        throw empty(inside, others);
      }
      ignored.addAll(others);
    }
    return images;
  }

  private static FailureException empty(Path inside, List<String> others) {
    String found =
        others.isEmpty()
            ? "found none"
            : String.format(
                Locale.ROOT, "found only %d others, such as %s", others.size(), others.get(0));
    return new FailureException(
        "class folder " + inside + " must hold at least one .png, .jpg or .jpeg file, " + found,
        "add images of the class, or remove its folder from train and from test");
  }

  private static boolean hasSuffix(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SUFFIXES.stream().anyMatch(lower::endsWith);
  }

  /** Returns the names in a folder that do not begin with a dot, sorted by their bytes. */
  private static List<String> visible(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted(ImageSource.BY_BYTES)
          .toList();
    }
  }

  private static String some(List<String> names) {
    String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
  }
}
