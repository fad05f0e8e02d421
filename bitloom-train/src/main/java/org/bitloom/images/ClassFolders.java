package org.bitloom.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.images.choice.TestShare;

/**
 * The files of an image folder, in the order that makes them a data set: by class, then by name.
 *
 * @param classes names of the class folders; the place of a name is its label
 * @param train files to train on
 * @param test files to measure on
 * @param ignored what lies in the class folders or beside them and is neither hidden nor an image
 */
record ClassFolders(
    List<String> classes, List<ImageSource> train, List<ImageSource> test, List<String> ignored) {
  static final String TRAIN = "train";

  /** Names of the folder to measure on; the first one that is there counts. */
  static final List<String> TEST = List.of("test", "val", "valid", "validation");

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
   * @param split how many images of every class are for testing, of a folder that does not say it
   * @throws FailureException if a folder is missing or empty, or the classes of the parts differ
   */
  static ClassFolders list(Path folder, Optional<TestShare> split) throws IOException {
    List<FolderEntry> inside =
        FolderEntry.visible(folder).stream().filter(FolderEntry::isFolder).toList();
    Optional<FolderEntry> train = named(inside, TRAIN);
    Optional<FolderEntry> test =
        TEST.stream().flatMap(name -> named(inside, name).stream()).findFirst();
    List<String> ignored = new ArrayList<>();
    if (split.isPresent()) {
      test.ifPresent(part -> refuseSplit(folder, part));
      Part all =
          train
              .map(part -> new Part(part.name() + "/", part.path()))
              .orElseGet(() -> new Part("", folder));
      List<FolderEntry> classes = all.classes(ignored);
      checkClasses(all, classes, ignored);
      return SplitFolder.of(names(classes), all.images(classes, ignored), ignored, split.get());
    }
    requirePart(folder, TRAIN, train, inside);
    requirePart(folder, TEST.get(0), test, inside);
    Part first = new Part(TRAIN + "/", train.get().path());
    Part second = new Part(test.get().name() + "/", test.get().path());
    List<FolderEntry> classes = first.classes(ignored);
    checkClasses(first, classes, ignored);
    List<FolderEntry> others = second.classes(ignored);
    checkSame(second.path(), names(classes), names(others));
    return new ClassFolders(
        names(classes), first.images(classes, ignored), second.images(others, ignored), ignored);
  }

  /** Returns the name of the folder that the test files lie in. */
  String testPart() {
    String first = test.get(0).name();
    return first.substring(0, first.indexOf('/'));
  }

  private static Optional<FolderEntry> named(List<FolderEntry> entries, String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  private static List<String> names(List<FolderEntry> entries) {
    return entries.stream().map(FolderEntry::name).toList();
  }

  private static void refuseSplit(Path folder, FolderEntry test) {
    throw new UsageException(
        "--split must be left to folders that do not say what to test on, "
            + folder
            + " holds "
            + test.name(),
        "leave out --split, or move " + test.name() + " away");
  }

  private static void requirePart(
      Path folder, String part, Optional<FolderEntry> found, List<FolderEntry> inside) {
    if (found.isPresent()) {
      return;
    }
    throw new FailureException(
        "image folder "
            + folder
            + " must hold train and test, each with a folder per class; found "
            + (inside.isEmpty() ? "no folder" : "only " + some(names(inside))),
        part.equals(TRAIN)
            ? "put the images to train on into "
                + folder.resolve("train/CLASS")
                + "; if these are the folders of the classes, keep a share of each for testing"
                + " with --split 0.2"
            : "keep a share of every class for testing with --split 0.2, or move some images of"
                + " every class to "
                + folder.resolve("test/CLASS")
                + ", or rename the folder that holds them to test");
  }

  /**
   * A folder with a folder per class.
   *
   * @param prefix of the names of its files: {@code train/}, or nothing
   */
  private record Part(String prefix, Path path) {
    List<FolderEntry> classes(List<String> ignored) throws IOException {
      List<FolderEntry> classes = new ArrayList<>();
      for (FolderEntry entry : FolderEntry.visible(path)) {
        if (entry.isFolder()) {
          classes.add(entry);
        } else {
          ignored.add(prefix + entry.name());
        }
      }
      return classes;
    }

    List<ImageSource> images(List<FolderEntry> classes, List<String> ignored) throws IOException {
      List<ImageSource> images = new ArrayList<>();
      for (int label = 0; label < classes.size(); label++) {
        FolderEntry inside = classes.get(label);
        int before = images.size();
        List<String> others = new ArrayList<>();
        for (FolderEntry entry : FolderEntry.visible(inside.path())) {
          String name = prefix + inside.name() + "/" + entry.name();
          if (ImageFile.hasSuffix(entry.name())) {
            images.add(new ImageSource(name, entry.path(), label));
          } else {
            others.add(name);
          }
        }
        if (images.size() == before) {
          throw empty(inside.path(), others);
        }
        ignored.addAll(others);
      }
      return images;
    }
  }

  private static void checkClasses(Part part, List<FolderEntry> classes, List<String> ignored) {
    checkNumber(part.path(), names(classes), ignored);
    checkNames(part.path(), classes);
  }

  /** A name is printed in tables and stands in the model file. */
  private static void checkNames(Path part, List<FolderEntry> classes) {
    for (FolderEntry entry : classes) {
      String name = entry.name();
      if (!entry.isText()) {
        throw new FailureException(
            "names of class folders in " + part + " must be UTF-8, found '" + name + "'",
            "rename the folder; convmv -f latin1 -t utf8 -r --notest renames many");
      }
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

  private static void checkNumber(Path part, List<String> classes, List<String> beside) {
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
              part,
              MAX_CLASSES,
              classes.size(),
              classes.isEmpty() ? "" : " (" + some(classes) + ")",
              files),
          "make a folder per class and put the images of the class into it");
    }
  }

  private static void checkSame(Path part, List<String> train, List<String> test) {
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
        part + " must hold the same class folders as train, " + difference,
        "give every class images in both, or remove the class from both");
  }

  private static FailureException empty(Path inside, List<String> others) {
    String found =
        others.isEmpty()
            ? "found none"
            : String.format(
                Locale.ROOT, "found only %d others, such as %s", others.size(), others.get(0));
    return new FailureException(
        "class folder "
            + inside
            + " must hold at least one "
            + ImageFile.SUFFIX_WORDS
            + " file, "
            + found,
        "add images of the class, or remove its folder from train and from test");
  }

  private static String some(List<String> names) {
    String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
  }
}
