package org.bitloom.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/** What the pixels of a data set show: images without content, and images that are there twice. */
final class ImageContents {
  private final DataSet data;
  private final boolean[] blank;
  private final List<String> both = new ArrayList<>();
  private final List<String> classes = new ArrayList<>();
  private int testInTrain;

  private ImageContents(DataSet data) {
    this.data = data;
    int all = data.train().count() + data.test().count();
    blank = new boolean[all];
    IntStream.range(0, all).parallel().forEach(i -> blank[i] = isBlank(i));
  }

  static ImageContents of(DataSet data) {
    ImageContents contents = new ImageContents(data);
    contents.compare();
    return contents;
  }

  private ImageSet part(int image) {
    return image < data.train().count() ? data.train() : data.test();
  }

  private int place(int image) {
    return image < data.train().count() ? image : image - data.train().count();
  }

  private int label(int image) {
    return part(image).labels()[place(image)] & 0xff;
  }

  /** Returns the file of an image, or its number. */
  private String name(int image) {
    boolean trains = image < data.train().count();
    List<String> names = trains ? data.origin().trainNames() : data.origin().testNames();
    return names.isEmpty()
        ? (trains ? "training image " : "test image ") + place(image)
        : names.get(place(image));
  }

  private boolean isBlank(int image) {
    ImageSet images = part(image);
    int area = images.height() * images.width();
    int at = place(image) * images.imageSize();
    for (int channel = 0; channel < images.channels(); channel++, at += area) {
      for (int i = 1; i < area; i++) {
        if (images.pixels()[at + i] != images.pixels()[at]) {
          return false;
        }
      }
    }
    return area > 1;
  }

  /** Tells of images that show nothing. */
  Optional<Finding> oneValue() {
    int[] blanks = IntStream.range(0, blank.length).filter(i -> blank[i]).toArray();
    if (blanks.length == 0) {
      return Optional.empty();
    }
    long ofTrain = Arrays.stream(blanks).filter(i -> i < data.train().count()).count();
    return Optional.of(
        new Finding(
            Finding.Kind.ONE_VALUE,
            String.format(
                Locale.ROOT,
                "%d of %d training images and %d of %d test images have one value throughout, such"
                    + " as %s",
                ofTrain,
                data.train().count(),
                blanks.length - ofTrain,
                data.test().count(),
                name(blanks[0])),
            "look at them: nothing can be learned from them"));
  }

  /** Groups images by a short checksum, then by their bytes. */
  private void compare() {
    long[] keys =
        IntStream.range(0, blank.length)
            .parallel()
            .filter(i -> !blank[i])
            .mapToLong(i -> checksum(i) << Integer.SIZE | i)
            .sorted()
            .toArray();
    for (int from = 0; from < keys.length; ) {
      int to = from + 1;
      while (to < keys.length && keys[to] >> Integer.SIZE == keys[from] >> Integer.SIZE) {
        to++;
      }
      if (to > from + 1) {
        compareAll(Arrays.stream(keys, from, to).mapToInt(key -> (int) key).toArray());
      }
      from = to;
    }
  }

  private long checksum(int image) {
    ImageSet images = part(image);
    CRC32C checksum = new CRC32C();
    checksum.update(images.pixels(), place(image) * images.imageSize(), images.imageSize());
    return checksum.getValue();
  }

  /** Takes images with one checksum apart into those with the same bytes; nearly always all. */
  private void compareAll(int[] images) {
    int[] rest = images;
    while (rest.length > 1) {
      int first = rest[0];
      int[] alike = Arrays.stream(rest).filter(i -> isSame(first, i)).toArray();
      note(alike);
      rest = Arrays.stream(rest).filter(i -> !isSame(first, i)).toArray();
    }
  }

  private boolean isSame(int first, int second) {
    int size = data.train().imageSize();
    int a = place(first) * size;
    int b = place(second) * size;
    return Arrays.equals(part(first).pixels(), a, a + size, part(second).pixels(), b, b + size);
  }

  /** Hears of images with the same bytes; those of train come first. */
  private void note(int[] alike) {
    int last = alike[alike.length - 1];
    int trains = data.train().count();
    if (alike[0] < trains && last >= trains) {
      testInTrain += (int) Arrays.stream(alike).filter(i -> i >= trains).count();
      both.add(name(last) + " = " + name(alike[0]));
    }
    Arrays.stream(alike)
        .filter(i -> label(i) != label(alike[0]))
        .findFirst()
        .ifPresent(other -> classes.add(name(alike[0]) + " = " + name(other)));
  }

  /** Tells of images that are in train and in test, or in two classes. */
  List<Finding> repeated() {
    List<Finding> findings = new ArrayList<>();
    if (testInTrain > 0) {
      findings.add(
          new Finding(
              Finding.Kind.TRAIN_AND_TEST,
              String.format(
                  Locale.ROOT,
                  "%d of %d test images are in train too, such as %s",
                  testInTrain,
                  data.test().count(),
                  both.get(0)),
              "remove them from one of the two: who knows them by heart is no better"));
    }
    if (!classes.isEmpty()) {
      findings.add(
          new Finding(
              Finding.Kind.TWO_CLASSES,
              String.format(
                  Locale.ROOT,
                  "%d %s, such as %s",
                  classes.size(),
                  classes.size() == 1 ? "image is in two classes" : "images are in two classes",
                  classes.get(0)),
              "keep each in one class: no network can be right in both"));
    }
    return findings;
  }
}
