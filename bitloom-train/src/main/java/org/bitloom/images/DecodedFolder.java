package org.bitloom.images;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bitloom.images.choice.SampleRange;

/**
 * An image folder as bytes.
 *
 * @param classes names of the class folders; the place of a name is its label
 * @param form size and channels that all images have
 * @param train images of {@code train/}, by class, then by name
 * @param test images of {@code test/}, by class, then by name
 * @param sha256 of the files in it, see {@link ImageFolder}; without the bad ones; 64 hexadecimal
 *     digits
 * @param bad images left out
 * @param range of 16-bit samples that became 0..255; empty = all of it
 */
public record DecodedFolder(
    List<String> classes,
    Form form,
    Part train,
    Part test,
    String sha256,
    List<BadImage> bad,
    Optional<SampleRange> range) {
  public DecodedFolder {
    classes = List.copyOf(classes);
    bad = List.copyOf(bad);
    check(train, form, classes.size());
    check(test, form, classes.size());
  }

  /**
   * What all images of a folder have in common.
   *
   * @param channels 1 = grey, 3 = red, green, blue
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   */
  public record Form(int channels, int height, int width) {
    /** Returns the bytes of one image. */
    int bytes() {
      return channels * height * width;
    }
  }

  /**
   * Images to train on or to test.
   *
   * @param pixels unsigned bytes, {@code [n, channels, height, width]}
   * @param labels unsigned bytes {@code [n]}, places in the list of classes
   * @param names of the files, below the folder
   * @param sixteenBits what those with 16 bits per sample use
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, compared by nobody
  public record Part(byte[] pixels, byte[] labels, List<String> names, SixteenBits sixteenBits) {
    public Part {
      names = List.copyOf(names);
    }

    /** Returns the number of images. */
    int count() {
      return labels.length;
    }
  }

  /**
   * An image that cannot be used.
   *
   * @param name path below the image folder, {@code train/cat/1.png}
   * @param reason why, in a few words
   */
  public record BadImage(String name, String reason) {
    private static final int NAMED = 3;

    /** Names the first few of a list and counts the others. */
    static String list(List<BadImage> bad) {
      String first =
          bad.stream()
              .limit(NAMED)
              .map(image -> image.name() + " (" + image.reason() + ")")
              .collect(Collectors.joining(", "));
      return bad.size() > NAMED ? first + " and " + (bad.size() - NAMED) + " more" : first;
    }
  }

  private static void check(Part part, Form form, int classes) {
    long bytes = (long) part.count() * form.bytes();
    if (part.count() < 1 || part.pixels().length != bytes || part.names().size() != part.count()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "pixels of %d images must be %d bytes and at least 1, got %d, of %d files",
              part.count(),
              bytes,
              part.pixels().length,
              part.names().size()));
    }
    for (byte label : part.labels()) {
      if ((label & 0xff) >= classes) {
        throw new IllegalArgumentException(
            "labels must be 0.." + (classes - 1) + ", got " + (label & 0xff));
      }
    }
  }
}
