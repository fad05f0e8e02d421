package org.bitloom.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bitloom.images.DecodedFolder;

/**
 * A training and a test part that fit together.
 *
 * @param name {@code mnist}, or the path of the folder it was read from
 * @param train images to train on
 * @param test images to measure on; same image size and classes as {@code train}
 * @param classNames of each label, from 0; {@code 0}, {@code 1}, ... where nobody has named them
 * @param sha256 of the unpacked source files one after the other, in the order of their layout; of
 *     an image folder see {@link org.bitloom.images.ImageFolder}; 64 hexadecimal digits
 * @param origin what is known of its files
 */
public record DataSet(
    String name,
    ImageSet train,
    ImageSet test,
    List<String> classNames,
    String sha256,
    Origin origin) {
  public DataSet {
    classNames = List.copyOf(classNames);
    boolean same =
        train.channels() == test.channels()
            && train.height() == test.height()
            && train.width() == test.width()
            && train.classes() == test.classes();
    if (!same) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "train and test must agree in image size and classes: %dx%dx%d in %d, got %dx%dx%d"
                  + " in %d",
              train.channels(),
              train.height(),
              train.width(),
              train.classes(),
              test.channels(),
              test.height(),
              test.width(),
              test.classes()));
    }
    if (classNames.size() != train.classes()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "classes must have a name each, %d, got %s",
              train.classes(),
              classNames));
    }
  }

  /** Returns the same data with other names for the classes. */
  public DataSet called(List<String> names) {
    return new DataSet(name, train, test, names, sha256, origin);
  }

  /** Knows nothing of the files. */
  public DataSet(
      String name, ImageSet train, ImageSet test, List<String> classNames, String sha256) {
    this(name, train, test, classNames, sha256, Origin.OF_USER);
  }

  /** Returns the same set, of which nothing can be told that is not known. */
  DataSet asKnown() {
    return new DataSet(name, train, test, classNames, sha256, Origin.KNOWN);
  }

  /** Returns the names of classes that have none: {@code 0}, {@code 1}, ... */
  public static List<String> numbered(int classes) {
    return IntStream.range(0, classes).mapToObj(String::valueOf).toList();
  }

  /** Makes a data set of an image folder. */
  static DataSet of(String name, DecodedFolder folder) {
    return new DataSet(
        name,
        images(folder.train(), folder),
        images(folder.test(), folder),
        folder.classes(),
        folder.sha256(),
        Origin.of(folder));
  }

  private static ImageSet images(DecodedFolder.Part part, DecodedFolder folder) {
    DecodedFolder.Form form = folder.form();
    return new ImageSet(
        part.pixels(),
        part.labels(),
        form.channels(),
        form.height(),
        form.width(),
        folder.classes().size());
  }
}
